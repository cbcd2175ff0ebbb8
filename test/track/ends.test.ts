import type { ChildProcess } from 'node:child_process';
import { expect, test } from 'vitest';
import { curves, listRuns } from '../../src/tracking/queries.ts';
import { ended, newPlace, openAll, type Place, startProcess } from '../tracking/journals.ts';

const start = (place: Place, way: string): ChildProcess =>
  startProcess(`../../track/processes/train`, [place.dir, way]);

function found(place: Place) {
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  const [run] = listRuns(store);
  const [curve] = curves(store, { runs: [run?.id ?? ''], metrics: ['loss'] });
  return { state: run?.state, reason: run?.reason, step: run?.step, points: curve?.points };
}

test.each([
  ['return', { state: 'finished', reason: null, step: 3 }],
  ['throw', { state: 'failed', reason: 'the loss exploded', step: 3 }],
  ['exit 3', { state: 'failed', reason: 'the process ended with code 3', step: 3 }],
])('a program that ends by "%s" without a word', async (way, expected) => {
  const place = newPlace();
  await ended(start(place, way));
  expect(found(place)).toMatchObject(expected);
});

test.each(['wait', 'own handler'])('SIGTERM while it does "%s"', async way => {
  const place = newPlace();
  const child = start(place, way);
  const end = ended(child);
  await sawStep(child, 3);
  child.kill('SIGTERM');
  const { code, signal } = await end;
  expect([code, signal]).toEqual(way === 'wait' ? [null, 'SIGTERM'] : [0, null]);
  expect(found(place)).toMatchObject({ state: 'killed', reason: 'SIGTERM', step: 3 });
});

test('kill -9 loses no step that log returned from, and the run is not running', async () => {
  const place = newPlace();
  const child = start(place, 'long');
  const end = ended(child);
  await sawStep(child, 500);
  child.kill('SIGKILL');
  const { stdout } = await end;
  const acknowledged = stdout.split('\n').slice(1, -1).map(Number);
  const run = found(place);
  const steps = new Set(run.points?.map(([step]) => step));
  expect(acknowledged.length).toBeGreaterThan(400);
  expect(acknowledged.filter(step => !steps.has(step))).toEqual([]);
  expect(['crashed', 'killed']).toContain(run.state);
});

function sawStep(child: ChildProcess, step: number): Promise<void> {
  let text = '';
  return new Promise(resolve =>
    child.stdout?.on('data', data => {
      text += data;
      if (text.includes(`\n${step}\n`)) resolve();
    }),
  );
}

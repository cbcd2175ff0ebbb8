import { mkdirSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storePath } from '../../src/core/places.ts';
import { curves, listRuns } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, point } from './events.ts';
import {
  appendEvents,
  countPoints,
  ended,
  journalPath,
  newPlace,
  openAll,
  startProcess,
  writeJournal,
} from './journals.ts';

const KILLS = 24;
const SECONDS = 1000;

const runIds = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${(0xa000 + i).toString(16)}00000000`);
const manyPoints = (count: number) => Array.from({ length: count }, (_, i) => point(i + 1));

test(`a writer that is killed at ${KILLS} random moments loses no acknowledged event`, {
  timeout: 120 * SECONDS,
}, async () => {
  const place = newPlace();
  const { store, recorder } = openAll(place);
  const acknowledged = new Map<string, number>();
  const writeAndKill = async (run: string): Promise<void> => {
    mkdirSync(`${place.runs}/${run}`, { recursive: true });
    const child = startProcess('write', [journalPath(place, run), run]);
    const end = ended(child);
    await new Promise(resolve => child.stdout?.once('data', resolve));
    await sleep(Math.random() * 60);
    child.kill('SIGKILL');
    const { signal, stdout } = await end;
    expect(signal).toBe('SIGKILL');
    acknowledged.set(run, stdout.split('\n').length - 1);
  };
  const runs = runIds(KILLS);
  for (let i = 0; i < KILLS; i += 2) await Promise.all(runs.slice(i, i + 2).map(writeAndKill));
  expect(recorder.ingestAll().problems).toEqual([]);
  for (const run of listRuns(store)) {
    const steps = curves(store, { runs: [run.id] })[0]?.points.map(([step]) => step) ?? [];
    expect(steps.length).toBeGreaterThanOrEqual(acknowledged.get(run.id) as number);
    expect(steps).toEqual(steps.map((_, i) => i + 1));
    expect(run).toMatchObject({ state: 'crashed', reason: expect.stringMatching(/^process \d+ is gone/) });
  }
  expect(listRuns(store)).toHaveLength(KILLS);
});

test('two recorders at once record everything once', { timeout: 60 * SECONDS }, async () => {
  const place = newPlace();
  const runs = runIds(40);
  for (const run of runs) writeJournal(place, run, [attempt(run), cellEvent(), ...manyPoints(500)]);
  const children = ['1', '2', '3'].map(() => startProcess('record', [place.dir, '20']));
  const endings = Promise.all(children.map(ended));
  for (let i = 0; i < 5; i++) {
    await sleep(150);
    for (const run of runs) appendEvents(journalPath(place, run), point(501 + i));
  }
  const results = await endings;
  for (const { code, stderr } of results) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { store, recorder } = openAll(place);
  const left = recorder.ingestAll().points;
  const counted = results.map(({ stdout }) => Number(stdout.split('\n')[1]));
  expect(counted.reduce((sum, points) => sum + points, left)).toBe(40 * 505);
  expect(countPoints(store)).toBe(40 * 505);
});

test('a recorder that is killed leaves a whole store, and the next one completes it', {
  timeout: 120 * SECONDS,
}, async () => {
  const place = newPlace();
  const runs = runIds(12);
  for (const run of runs) writeJournal(place, run, [attempt(run), cellEvent(), ...manyPoints(20_000), end()]);
  let killedInside = 0;
  for (let i = 0; i < 8; i++) {
    const child = startProcess('record', [place.dir, '1']);
    const end = ended(child);
    await new Promise(resolve => child.stdout?.once('data', resolve));
    await sleep(Math.random() * 80);
    child.kill('SIGKILL');
    if ((await end).signal === 'SIGKILL') killedInside++;
    const { store } = openAll(place);
    expect(store.read(() => store.prepare('PRAGMA integrity_check', 'pluck').all())).toEqual(['ok']);
  }
  expect(killedInside).toBeGreaterThan(0);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  expect(countPoints(store)).toBe(12 * 20_000);
  expect(listRuns(store, { state: 'finished' })).toHaveLength(12);
  expect(statSync(storePath(place.dir)).size).toBeGreaterThan(0);
});

test('reading does not wait for a writer, and sees what was committed', () => {
  const place = newPlace();
  writeJournal(place, 'a00000000000', [attempt('a00000000000'), cellEvent(), point(1)]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const reader = openAll(place).store;
  store.write(() => {
    store.prepare('DELETE FROM point_values').run();
    const startedAt = performance.now();
    expect(countPoints(reader)).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
  expect(countPoints(reader)).toBe(0);
});

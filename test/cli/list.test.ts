import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatTable } from '../../src/cli/output/table.ts';
import { formatFigure } from '../../src/cli/show/run-table.ts';
import { formatAge } from '../../src/core/duration.ts';
import type { RunSummary } from '../../src/core/results.ts';
import { attempt, cellEvent, end, finishedRun, point } from '../tracking/events.ts';
import { bench, ended, journalPath, newPlace, type Place, startProcess, writeJournal } from '../tracking/journals.ts';

function filledPlace(): Place {
  const place = newPlace();
  const top1 = { type: 'metric', time: 1, name: 'test.top1', value: 0.125 } as const;
  writeJournal(place, 'a00000000001', finishedRun('a00000000001', {}, top1));
  const running = [
    attempt('a00000000002', { time: Date.now() - 5000 }),
    cellEvent({ seed: 2 }),
    point(1),
    point(2, 'NaN'),
  ];
  writeJournal(place, 'a00000000002', running);
  return place;
}

test('prints a table of the newest runs, from the journals as they are now', async () => {
  const { stdout, stderr, code } = await bench(filledPlace(), 'list');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^run +experiment +arm +seed +state +step +train\.loss +test\.top1 +age$/);
  expect(lines[1]).toMatch(/^a00000000002 +degradation-34 quick +plain-34 +2 +running +2\/10 +NaN +- +\d s$/);
  expect(lines[2]).toMatch(/^a00000000001 +degradation-34 quick +plain-34 +1 +finished +10\/10 +- +12\.5 % +\d+ d$/);
});

test('where no run has the usual figures, the first of those that they have are shown', async () => {
  const place = newPlace();
  const figures = ['val/loss', 'accuracy', 'system.cpu', 'zeal'].map(
    (name, i) => ({ type: 'metric', time: 1, name, value: i }) as const,
  );
  writeJournal(place, 'c00000000001', [attempt('c00000000001'), cellEvent(), ...figures, end()]);
  const { stdout } = await bench(place, 'list');
  expect(stdout.split('\n')[0]).toMatch(/ step +accuracy +val\/loss +age$/);
});

test('a run whose process was killed a moment ago is listed as crashed', async () => {
  const place = newPlace();
  writeJournal(place, 'b00000000001', []);
  rmSync(journalPath(place, 'b00000000001'));
  const writer = startProcess('write', [journalPath(place, 'b00000000001'), 'b00000000001']);
  await new Promise(resolve => writer.stdout?.once('data', resolve));
  writer.stdout?.resume();
  const runs = async () => JSON.parse((await bench(place, 'list', '--json')).stdout) as RunSummary[];
  expect(await runs()).toMatchObject([{ id: 'b00000000001', state: 'running' }]);
  const gone = ended(writer);
  writer.kill('SIGKILL');
  await gone;
  expect(await runs()).toMatchObject([{ state: 'crashed', reason: expect.stringMatching(/is gone without a word/) }]);
}, 30_000);

test('filters, limits and prints JSON without losing what is not a number', async () => {
  const place = filledPlace();
  const nan = { type: 'metric', time: 1, name: 'test.loss', value: 'NaN' } as const;
  writeJournal(place, 'a00000000003', [attempt('a00000000003'), cellEvent({ seed: 3 }), nan, end('failed')]);
  const failed = await bench(place, 'list', 'degradation-34', '--state', 'failed', '--json');
  expect(JSON.parse(failed.stdout)).toMatchObject([{ id: 'a00000000003', metrics: { 'test.loss': 'NaN' } }]);
  const limited = await bench(place, 'list', '--limit', '1', '--json');
  expect(JSON.parse(limited.stdout)).toHaveLength(1);
}, 30_000);

test('who reads no further gets no stack', async () => {
  const child = startProcess('../../../src/cli/main', ['--help']);
  child.stdout?.destroy();
  expect(await ended(child)).toMatchObject({ stderr: '', code: 0 });
}, 30_000);

describe('where there is nothing', () => {
  test('it says so, and creates nothing', async () => {
    const place = newPlace();
    rmSync(place.dir, { recursive: true });
    const { stdout, stderr, code } = await bench(place, 'list', '--json');
    expect({ stdout, code }).toEqual({ stdout: '[]\n', code: 0 });
    expect(stderr).toBe('no runs yet: `bench run EXPERIMENT` makes some.\n');
    expect(existsSync(place.dir)).toBe(false);
  });

  test('an experiment without runs is answered with those that have some', async () => {
    const { stdout, stderr, code } = await bench(filledPlace(), 'list', 'width');
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toBe('no such runs. Experiments with runs: degradation-34.\n');
  });
});

test('mistakes are one line each', async () => {
  const place = filledPlace();
  const limit = await bench(place, 'list', '--limit', '0');
  expect(limit.code).toBe(2);
  expect(limit.stderr).toMatch(/^bench: .*--limit.*whole number of at least 1\.\n$/);
  const state = await bench(place, 'list', '--state', 'happy');
  expect(state.code).toBe(2);
  expect(state.stderr).toMatch(/^bench: .*happy.*pending, running, finished.*\n$/);
  writeJournal(place, 'c00000000001', Buffer.from('no journal at all'));
  const stray = await bench(place, 'list');
  expect(stray.code).toBe(0);
  expect(stray.stderr).toMatch(/^bench: .*c00000000001\/journal: not a journal: .*\n$/);
  rmSync(join(place.dir, 'store.sqlite'));
  mkdirSync(join(place.dir, 'store.sqlite'));
  const broken = await bench(place, 'list');
  expect(broken.code).toBe(4);
  expect(broken.stderr).toMatch(/^bench: store .*\n$/);
}, 30_000);

test.each([
  [400, '0 s'],
  [59_000, '59 s'],
  [3_540_000, '59 min'],
  [47 * 3_600_000, '47 h'],
  [49 * 3_600_000, '2 d'],
  [-5, '0 s'],
])('an age of %d ms is %s', (durationMs, text) => {
  expect(formatAge(durationMs)).toBe(text);
});

test.each([
  ['train.loss', 1.23456, '1.235'],
  ['test.top5', 0.0625, '6.3 %'],
  ['test.top1', Number.NaN, 'NaN'],
  ['train.loss', Number.POSITIVE_INFINITY, 'Infinity'],
  ['train.loss', undefined, '-'],
])('%s of %d reads %s', (name, value, text) => {
  expect(formatFigure(name, value)).toBe(text);
});

test('a table without rows is its head', () => {
  expect(formatTable<string>([], [{ title: 'a', text: x => x }])).toBe('a\n');
});

/** What `bench compare` chooses, from a store of made-up runs. */
import { describe, expect, test } from 'vitest';
import { selectionResults } from '../../src/cli/report/compare.ts';
import { experimentResults } from '../../src/cli/report/experiment-results.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { renderReport } from '../../src/report/index.ts';
import { chosenCells } from '../../src/tracking/selection.ts';
import { attempt, cellEvent, end, finishedRun, point } from '../tracking/events.ts';
import { newPlace, openAll, writeJournal } from '../tracking/journals.ts';

function madeStore() {
  const place = newPlace();
  const add = (id: string, experiment: string, arm: string, seed: number): void => {
    writeJournal(place, id, finishedRun(id, { experiment, arm, seed, identity: id }));
  };
  add('a00000000001', 'one', 'plain-34', 1);
  add('a00000000002', 'one', 'plain-34', 2);
  add('a00000000003', 'one', 'residual-34', 1);
  add('b00000000001', 'two', 'plain-34', 1);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  return store;
}

test('a long curve is read in buckets: each its steps’ mean, in the same places for every run', async () => {
  const place = newPlace();
  const value = (step: number, shift: number): number => shift + 1 / step;
  const shifts = { a00000000001: 0, a00000000002: 0.5 };
  for (const [i, [id, shift]] of Object.entries(shifts).entries()) {
    const steps = Array.from({ length: 20_000 }, (_, k) => k + 1 + i);
    const points = steps.map(step => point(step, value(step, shift)));
    writeJournal(place, id, [attempt(id), cellEvent({ seed: i + 1, identity: id }), ...points, end()]);
  }
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const { curves, widths = {} } = await selectionResults(store, ['degradation-34']);
  const width = widths['train.loss'] as number;
  expect(width).toBe(256);
  const [first, second] = curves.map(curve => new Map(curve.points));
  expect([...(first as Map<number, number>).keys()].slice(0, -1)).toEqual(
    [...(second as Map<number, number>).keys()].slice(0, -1),
  );
  expect(first?.size).toBe(Math.ceil(20_001 / width));
  const bucket = Array.from({ length: width }, (_, k) => value(5 * width + k, 0.5));
  expect(second?.get(6 * width - 1)).toBeCloseTo(bucket.reduce((a, b) => a + b, 0) / width, 12);
});

test.each([
  ['nothing', {}, 'no commit known.'],
  ['its machine', { machine: { os: 'Linux', cores: 2 }, execution: { node: 'v22' } }, 'Linux; no commit known.'],
  ['figures for texts', { code: { commit: 5 }, command: 7 }, 'commit 5.'],
])('runs of another program that tell %s of where they ran have a page', async (_, provenance, text) => {
  const place = newPlace();
  const id = 'a00000000001';
  const told: JournalEvent = { type: 'provenance', time: 0, provenance };
  writeJournal(place, id, [attempt(id), told, cellEvent({ identity: id }), point(1, 1), end()]);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const page = await renderReport(await selectionResults(store, [id]));
  expect(page).toContain('Where the numbers come from');
  expect(page).toContain(`<p>${text}</p>`);
});

test('an experiment without a file is reported as the selection of its runs; an unknown one is refused', async () => {
  const store = madeStore();
  expect(await experimentResults(store, 'one', { set: [] })).toMatchObject({ selection: ['one'], verdicts: [] });
  await expect(experimentResults(store, 'three', { set: [] })).rejects.toThrow(/^unknown experiment "three"/);
});

describe('a selection', () => {
  const named = (names: string[]) => chosenCells(madeStore(), names).map(({ run, arm }) => [arm, run.seed]);

  test('an experiment is its cells', () => {
    expect(named(['one'])).toEqual([
      ['plain-34', 1],
      ['plain-34', 2],
      ['residual-34', 1],
    ]);
  });

  test('an arm is that of every experiment that has it, each under its experiment’s name', () => {
    expect(named(['plain-34'])).toEqual([
      ['one/plain-34', 1],
      ['one/plain-34', 2],
      ['two/plain-34', 1],
    ]);
    expect(named(['one/plain-34'])).toEqual([
      ['plain-34', 1],
      ['plain-34', 2],
    ]);
  });

  test('a run by the beginning of its id; what is named twice is there once', () => {
    expect(named(['a00000000003', 'b000', 'a00000000003'])).toEqual([
      ['one/residual-34', 1],
      ['two/plain-34', 1],
    ]);
  });

  test('a name that means nothing is one line with the nearest', () => {
    expect(() => named(['one/plain-35'])).toThrow(/unknown run, arm or experiment "one\/plain-35".*"one\/plain-34"\?/);
  });

  test('its page has no verdict, says why, and is the same bytes each time', async () => {
    const store = madeStore();
    const [first, second] = [
      await selectionResults(store, ['one', 'two']),
      await selectionResults(store, ['one', 'two']),
    ];
    const page = await renderReport(first);
    expect(page).not.toContain('class="verdict');
    expect(page).toContain('nothing here is a verdict');
    expect(page).toContain('no difference between them has one cause');
    expect((await renderReport(second)) === page).toBe(true);
  });
});

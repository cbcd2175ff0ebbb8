import { expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/journal.ts';
import { runClock } from '../../src/report/run-clock.ts';
import { bucketedCurves, findRun } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end } from '../tracking/events.ts';
import { newPlace, openAll, writeJournal } from '../tracking/journals.ts';

const RUN = 'a00000000001';
const points = (startMs: number, steps: readonly number[], first: number): JournalEvent[] =>
  steps.map((step, i) => ({
    type: 'points',
    time: startMs + 1000 * (first + i),
    step,
    values: { 'train.loss': 1 / step, ...(step % 2 === 0 && { 'test.top1': 0.5 }) },
  }));

function clockOf(events: readonly JournalEvent[], most: number) {
  const place = newPlace();
  writeJournal(place, RUN, events);
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const [curve] = bucketedCurves(store, { runs: [RUN], metrics: ['train.loss'], buckets: 1 });
  return runClock(store, findRun(store, RUN), curve as NonNullable<typeof curve>, most);
}

const first = [attempt(RUN, { time: 0 }), cellEvent()];

test('seconds count from the start of the run, not from its first step', () => {
  const clock = clockOf([...first, ...points(0, [1, 2, 3], 5), end('finished', { time: 9000 })], 3);
  expect(clock).toEqual([
    [1, 5],
    [2, 6],
    [3, 7],
  ]);
});

test('a pause does not count, nor what was done again after it', () => {
  const killed = [...points(0, [1, 2, 3, 4], 1), end('killed', { time: 4500 })];
  const again = attempt(RUN, { time: 1e6, attempt: 2, fromStep: 2 });
  const clock = clockOf([...first, ...killed, again, ...points(1e6, [3, 4, 5], 3), end()], 5);
  // Steps 1 and 2 took 2 s; the second attempt needed 3 s to its first step.
  expect(clock).toEqual([
    [1, 1],
    [2, 2],
    [3, 5],
    [4, 6],
    [5, 7],
  ]);
});

test('of a long curve so many steps as were asked for, its last among them', () => {
  const steps = Array.from({ length: 1000 }, (_, i) => i + 1);
  const clock = clockOf([...first, ...points(0, steps, 1), end()], 11);
  expect(clock.length).toBe(11);
  expect(clock.at(-1)).toEqual([1000, 1000]);
});

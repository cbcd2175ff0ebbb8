import { expect, test } from 'vitest';
import { remainingMs, secondsPerStep } from '../../src/core/pace.ts';
import type { RunState, RunSummary } from '../../src/core/results.ts';

const NOW_MS = 1_000_000;
/** Started 100 s ago. */
const run = (state: RunState, step: number, endedAt: number | null = null): RunSummary =>
  ({ state, step, startedAt: NOW_MS - 100_000, endedAt }) as RunSummary;
const left = (cells: Parameters<typeof remainingMs>[0], places = 1): number => remainingMs(cells, places, NOW_MS);

test('a step takes what its run has taken so far, to its end if it has ended', () => {
  expect(secondsPerStep(run('running', 50), NOW_MS)).toBe(2);
  expect(secondsPerStep(run('finished', 50, NOW_MS - 50_000), NOW_MS)).toBe(1);
});

test('what is left goes at the pace of its arm; an arm that has not begun at that of all', () => {
  const slow = { arm: 'slow', steps: 100, run: run('running', 50) };
  const fast = { arm: 'fast', steps: 100, run: run('running', 100) };
  expect(left([slow])).toBe(100_000);
  expect(left([slow, { arm: 'slow', steps: 100, run: undefined }])).toBe(300_000);
  expect(left([fast, { arm: 'new', steps: 10, run: undefined }])).toBe(10_000);
});

test('several places share the work; what has failed or finished is not waited for', () => {
  const cells = [
    { arm: 'a', steps: 100, run: run('running', 50) },
    { arm: 'a', steps: 100, run: run('failed', 10) },
    { arm: 'a', steps: 100, run: run('finished', 50, NOW_MS) },
  ];
  expect(left(cells, 2)).toBe(50_000);
});

test('before the first step nothing is known', () => {
  expect(left([{ arm: 'a', steps: 100, run: undefined }])).toBeNaN();
});

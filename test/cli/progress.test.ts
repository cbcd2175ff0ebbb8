import { expect, test } from 'vitest';
import { cellLine, cellProgress, type ProgressView, summaryLine } from '../../src/cli/run/progress.ts';
import type { RunSummary } from '../../src/core/results.ts';

const run = { arm: 'a', seed: 1, step: 5, steps: 10, metrics: {} } as unknown as RunSummary;
const killed: RunSummary = { ...run, state: 'killed', reason: 'stopped by SIGTERM' };
const queued = { phase: 'queued', reason: 'BeginTime' } as const;

test('a cell that was stopped and is queued again waits, for what its scheduler says', () => {
  expect(cellLine(cellProgress(killed, 0.5))).toBe('a seed 1: killed, stopped by SIGTERM');
  expect(cellLine(cellProgress(killed, 0.5, queued))).toBe('a seed 1: pending, BeginTime');
  expect(cellProgress(killed, 0.5, { phase: 'running' }).state).toBe('killed');
});

test('a cell that has finished has finished, whatever the queue says', () => {
  const finished: RunSummary = { ...run, state: 'finished', reason: null };
  expect(cellProgress(finished, 0.5, queued).state).toBe('finished');
  const diverged: RunSummary = { ...run, state: 'failed', reason: 'diverged', metrics: { diverged: 1 } };
  expect(cellProgress(diverged, 0.5, queued).state).toBe('failed');
});

test('the summary counts why cells wait, the most frequent first', () => {
  const view: ProgressView = {
    title: 'x quick',
    arms: ['a'],
    seeds: [1, 2],
    cells: [],
    elapsedMs: 61_000,
    remainingMs: Number.NaN,
    imagesPerSecond: 0,
  };
  expect(summaryLine(view)).toBe('x quick: 0 of 2 cells · 1:01');
  const waiting = new Map([
    ['Resources', 1],
    ['JobArrayTaskLimit', 40],
  ]);
  expect(summaryLine({ ...view, waiting })).toMatch(/ · waiting: 40 JobArrayTaskLimit, 1 Resources$/);
});

/** How long runs will still take, from the pace that they have shown. */
import type { RunSummary } from './results.ts';
import { median, sum } from './sums.ts';

/** What is to be run, and the run that does or did it. */
export interface PacedCell {
  arm: string;
  steps: number;
  run: RunSummary | undefined;
}

/** Of the time since its start; NaN before that. */
export function secondsPerStep({ startedAt, endedAt, step }: RunSummary, nowMs = Date.now()): number {
  return ((endedAt ?? nowMs) - (startedAt ?? Number.NaN)) / 1000 / Math.max(1, step);
}

/**
 * Steps that are left, each at the pace that its arm has shown, in as many places at once. Cells that failed are not
 * waited for. NaN while nothing is known.
 */
export function remainingMs(cells: readonly PacedCell[], places: number, nowMs = Date.now()): number {
  const paces = new Map<string, number[]>();
  for (const { arm, run } of cells) {
    if (run === undefined || run.step === 0 || !['running', 'finished'].includes(run.state)) continue;
    paces.set(arm, [...(paces.get(arm) ?? []), secondsPerStep(run, nowMs)]);
  }
  const byArm = new Map([...paces].map(([arm, values]) => [arm, median(values)]));
  const ofAll = median([...paces.values()].flat());
  const left = cells
    .filter(({ run }) => run === undefined || run.state === 'running' || run.state === 'pending')
    .map(({ arm, steps, run }) => Math.max(0, steps - (run?.step ?? 0)) * (byArm.get(arm) ?? ofAll));
  return (1000 * sum(left)) / places;
}

/** How long a run had worked when it came to a step. */
import type { RunSummary } from '../core/results.ts';
import { type BucketedCurve, pointsAfter, runDetail } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

/** Some of a run's steps with the seconds that it had worked by them, both ascending; between two of them it went evenly. */
export type RunClock = readonly (readonly [step: number, seconds: number])[];

/**
 * By the times of a curve's points, from the start of the first attempt. Left out are pauses between attempts, and what an
 * attempt did after the step that the next one went on from: that was done again. At most `most` steps, beside the last of
 * each attempt.
 */
export function runClock(store: Store, run: RunSummary, curve: BucketedCurve, most: number): RunClock {
  return store.read(() => {
    const attempts = attemptsOf(store, run);
    const resumedAt = attempts.map(({ fromStep }) => fromStep);
    return withoutPauses(timesOf(store, curve, most, resumedAt), attempts);
  });
}

interface Attempt {
  startedAt: number;
  fromStep: number;
}

/** Most runs have one, which the run itself tells of. */
const attemptsOf = (store: Store, { id, attempts, startedAt }: RunSummary): readonly Attempt[] =>
  attempts > 1 ? runDetail(store, id).attemptList : [{ startedAt: startedAt ?? 0, fromStep: 0 }];

interface Timed {
  step: number;
  time: number;
}

/** The first points at or after steps that lie evenly, and after the given ones. */
function timesOf(
  store: Store,
  { run, metric, points, buckets }: BucketedCurve,
  most: number,
  also: readonly number[],
): Timed[] {
  const pointsFrom = (step: number, limit: number) => pointsAfter(store, { run, metric, after: step - 1, limit });
  if (points <= most) return pointsFrom(0, most);
  const { from = 0, to = 0 } = buckets[0] ?? {};
  const even = Array.from({ length: most }, (_, i) => Math.floor(from + ((to - from) * i) / (most - 1)));
  const steps = [...new Set([...even, ...also])].sort((a, b) => a - b);
  const found = steps.flatMap(step => pointsFrom(step, 1));
  return found.filter(({ step }, i) => step !== found[i - 1]?.step);
}

/** Of each attempt those steps that no later one did again. */
function withoutPauses(times: readonly Timed[], attempts: readonly Attempt[]): RunClock {
  let before = 0;
  return attempts.flatMap(({ startedAt, fromStep }, i) => {
    const end = Math.min(...attempts.slice(i + 1).map(later => later.fromStep));
    const kept = times.filter(({ step }) => step > fromStep && step <= end);
    const knots = kept.map(({ step, time }) => [step, before + (time - startedAt) / 1000] as const);
    before = knots.at(-1)?.[1] ?? before;
    return knots;
  });
}

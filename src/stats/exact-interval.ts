import { betaQuantile } from './beta.ts';
import type { Interval } from './interval.ts';

/**
 * Two-sided interval of a rate of which `events` of `trials` were seen (Clopper & Pearson 1934): the rates that a
 * binomial test at (1 − level)/2 on each side does not reject. It holds the true rate at least as often as `level` says,
 * and is wider than it need be. Null without trials.
 */
export function exactInterval(events: number, trials: number, level = 0.95): Interval | null {
  if (trials < 1) return null;
  const tail = (1 - level) / 2;
  const low = events === 0 ? 0 : betaQuantile(tail, events, trials - events + 1);
  const high = events === trials ? 1 : betaQuantile(1 - tail, events + 1, trials - events);
  return [low, high];
}

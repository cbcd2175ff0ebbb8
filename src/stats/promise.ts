/** How likely more runs are to decide a claim, as a number between 0 and 1 to order experiments by. */
import type { Claim } from '../core/experiment.ts';
import { distanceToBound } from './distance-to-bound.ts';
import { halfWidth } from './interval.ts';
import { mean, standardDeviation } from './summary.ts';

const LEVEL = 0.95;
const FEWEST_FOR_SPREAD = 2;

/**
 * The distance of the mean effect from the nearest bound, in half-widths of the interval that the planned seeds would
 * have at the spread seen; 1 if it is farther, and while fewer than two seeds tell of a spread.
 */
export function promiseOf(
  claim: Pick<Claim, 'kind' | 'margin'>,
  effects: readonly number[],
  plannedSeeds: number,
): number {
  if (effects.length < FEWEST_FOR_SPREAD || plannedSeeds < FEWEST_FOR_SPREAD) return 1;
  const width = halfWidth(standardDeviation(effects), plannedSeeds, LEVEL);
  return width === 0 ? 1 : Math.min(1, distanceToBound(claim, mean(effects)) / width);
}

import { fewest } from './fewest.ts';
import { halfWidth } from './interval.ts';

const MOST = 1000;
/** Fewer pairs never decide. */
export const FEWEST_SEEDS = 3;

/**
 * The fewest seeds whose interval would probably clear a bound that is `distance` from the effect, at this standard
 * deviation: t·s/√k < distance. Null if more than a thousand, or if the distance is 0.
 */
export function seedsNeeded(distance: number, deviation: number, level: number): number | null {
  const clears = (k: number): boolean => halfWidth(deviation, k, level) < distance;
  return clears(MOST) ? fewest(FEWEST_SEEDS, MOST, clears) : null;
}

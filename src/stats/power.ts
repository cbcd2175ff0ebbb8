/** How likely a paired t test finds an effect, and how many pairs it needs. */
import { regularisedBeta } from './beta.ts';
import { fewest } from './fewest.ts';
import { logGamma } from './gamma.ts';
import { FEWEST_SEEDS } from './seeds-needed.ts';
import { studentCritical } from './student-t.ts';
import { turningPoint } from './turning-point.ts';

const MOST_PAIRS = 100_000;
/** Poisson terms so far from the largest, in standard deviations, no longer count. */
const TERMS_REACH = 12;

/**
 * Power of the two-sided test at 1 − `level` with `pairs` pairs, the effect in standard deviations of a pair's
 * difference: the noncentral t of Student's statistic, summed as the noncentral F of its square (Johnson, Kotz &
 * Balakrishnan 1995, §30.2). NaN with fewer than two pairs, or if the effect is.
 */
export function pairedPower(effect: number, pairs: number, level: number): number {
  const df = pairs - 1;
  if (!(df >= 1) || Number.isNaN(effect)) return Number.NaN;
  const critical = studentCritical(level, df) ** 2;
  const half = (pairs * effect * effect) / 2;
  const x = critical / (df + critical);
  const reach = TERMS_REACH * Math.sqrt(half) + 40;
  let below = 0;
  for (let j = Math.max(0, Math.floor(half - reach)); j <= half + reach; j++) {
    below += poisson(j, half) * regularisedBeta(x, df / (df + critical), j + 0.5, df / 2);
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/** The fewest pairs, at least three, with this power; null if more than 100,000, or without an effect. */
export function pairsForPower(effect: number, power: number, level: number): number | null {
  if (!(Math.abs(effect) > 0)) return null;
  const reaches = (pairs: number): boolean => pairedPower(effect, pairs, level) >= power;
  let high = FEWEST_SEEDS;
  while (!reaches(high)) {
    high *= 2;
    if (high > MOST_PAIRS) return null;
  }
  return fewest(Math.max(FEWEST_SEEDS, high / 2), high, reaches);
}

/** The smallest effect, in the same unit, that so many pairs find with this power. */
export function detectableEffect(pairs: number, power: number, level: number): number {
  const isTooSmall = (effect: number): boolean => pairedPower(effect, pairs, level) < power;
  let high = 1;
  while (isTooSmall(high)) high *= 2;
  return turningPoint(0, high, isTooSmall);
}

function poisson(j: number, mean: number): number {
  if (mean === 0) return j === 0 ? 1 : 0;
  return Math.exp(j * Math.log(mean) - mean - logGamma(j + 1));
}

/** How likely a paired t test finds an effect, and how many pairs it needs. */
import { regularisedBeta } from './beta.ts';
import { FEWEST_SEEDS } from './seeds-needed.ts';
import { studentCritical } from './student-t.ts';

const MOST_PAIRS = 100_000;
/** Poisson terms so far from the largest, in standard deviations, no longer count. */
const TERMS_REACH = 12;

/**
 * Power of the two-sided test at 1 − `level` with `pairs` pairs, the effect in standard deviations of a pair's
 * difference: the noncentral t of Student's statistic, summed as the noncentral F of its square (Johnson, Kotz &
 * Balakrishnan 1995, §30.2). NaN with fewer than two pairs.
 */
export function pairedPower(effect: number, pairs: number, level: number): number {
  const df = pairs - 1;
  if (!(df >= 1)) return Number.NaN;
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
  let low = high === FEWEST_SEEDS ? high : high / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reaches(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** The smallest effect, in the same unit, that so many pairs find with this power. */
export function detectableEffect(pairs: number, power: number, level: number): number {
  let low = 0;
  let high = 1;
  while (pairedPower(high, pairs, level) < power) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (pairedPower(middle, pairs, level) < power) low = middle;
    else high = middle;
  }
  return high;
}

function poisson(j: number, mean: number): number {
  if (mean === 0) return j === 0 ? 1 : 0;
  return Math.exp(j * Math.log(mean) - mean - logFactorial(j));
}

/** Stirling's series from 20 on has all digits. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const series = (1 / 12 - (1 / 360 - 1 / (1260 * n * n)) / (n * n)) / n;
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}

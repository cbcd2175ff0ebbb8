/** The pseudo-median of Hodges & Lehmann (1963), and the interval that inverts the exact signed-rank test. */
import type { Interval } from './interval.ts';
import { signedRankCdf } from './signed-rank.ts';
import { median } from './summary.ts';

/** Median of the means of all pairs of values, each with itself too. NaN without values. */
export function hodgesLehmann(values: readonly number[]): number {
  return median([...walshAverages(values)]);
}

/**
 * Two-sided interval of the centre of a symmetric distribution, of at least this level. Null where no interval of so few
 * values reaches the level: at 0.95 fewer than six, at 0.975 fewer than seven.
 */
export function signedRankInterval(values: readonly number[], level: number): Interval | null {
  const outside = fewestOutside(values.length, (1 - level) / 2);
  if (outside === 0 || values.some(value => Number.isNaN(value))) return null;
  const means = walshAverages(values);
  return [means[outside - 1] as number, means[means.length - outside] as number];
}

/**
 * One-sided exact p of "the centre is at most `bound`": it is below a tail where the interval that leaves this tail below
 * it lies above the bound. Averages at the bound count against what is to be shown.
 */
export function signedRankTail(values: readonly number[], bound: number): number {
  if (values.some(value => Number.isNaN(value))) return Number.NaN;
  return signedRankCdf(walshAverages(values).filter(average => average <= bound).length, values.length);
}

/** The largest c with P(sum ≤ c − 1) ≤ tail; 0 if there is none. */
function fewestOutside(k: number, tail: number): number {
  let c = 0;
  while (signedRankCdf(c, k) <= tail) c++;
  return c;
}

/** Ascending. */
function walshAverages(values: readonly number[]): Float64Array {
  return Float64Array.from(values.flatMap((a, i) => values.slice(i).map(b => (a + b) / 2))).sort();
}

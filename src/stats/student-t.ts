/**
 * Student's t distribution: probabilities and quantiles, to 1e-10 for real df of 1 … 1000 (against SciPy, in the tests).
 * NaN for arguments outside their range.
 */
import { regularisedBeta } from './beta.ts';
import { turningPoint } from './turning-point.ts';

/** P(T > t) for t ≥ 0 and real degrees of freedom df > 0: half the regularised incomplete beta function. */
export function studentTail(t: number, df: number): number {
  const x = df / (df + t * t);
  // Near x = 1 the complement keeps the digits.
  const complement = (t * t) / (df + t * t);
  return 0.5 * regularisedBeta(x, complement, df / 2, 0.5);
}

/** P(T ≤ t). */
export function studentCdf(t: number, df: number): number {
  return t >= 0 ? 1 - studentTail(t, df) : studentTail(-t, df);
}

/** The t with P(T ≤ t) = p, for 0 < p < 1. */
export function studentQuantile(p: number, df: number): number {
  return p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df);
}

/** The t > 0 that the two-sided interval of this level reaches: P(|T| > t) = 1 − level. */
export function studentCritical(level: number, df: number): number {
  return upperQuantile((1 - level) / 2, df);
}

/** The t ≥ 0 with P(T > t) = p, for 0 < p ≤ 1/2, in a bracket found by doubling. */
function upperQuantile(p: number, df: number): number {
  if (!(p > 0 && p <= 0.5 && df > 0)) return Number.NaN;
  const isBelow = (t: number): boolean => studentTail(t, df) > p;
  let high = 1;
  while (isBelow(high)) high *= 2;
  return turningPoint(high === 1 ? 0 : high / 2, high, isBelow);
}

import { studentCdf, studentCritical } from './student-t.ts';
import { mean, standardDeviation, standardError } from './summary.ts';

export type Interval = readonly [low: number, high: number];

/**
 * Two-sided interval of a mean (Student 1908): mean ± t·s/√k. For paired effects it is that of their mean. Null with
 * fewer than two values, which say nothing about spread; of width 0 if all are equal; NaN for a level outside 0 … 1.
 */
export function meanInterval(values: readonly number[], level: number): Interval | null {
  if (values.length < 2) return null;
  const reach = halfWidth(standardDeviation(values), values.length, level);
  return [mean(values) - reach, mean(values) + reach];
}

/**
 * One-sided p of "the mean is at most `bound`": it is below a tail where the interval that leaves this tail below it lies
 * above the bound.
 */
export function meanTail(values: readonly number[], bound: number): number {
  const distance = mean(values) - bound;
  const error = standardError(values);
  if (error === 0) return distance > 0 ? 0 : 1;
  return studentCdf(-distance / error, values.length - 1);
}

/** t·s/√k, of k values with this standard deviation. */
export const halfWidth = (deviation: number, k: number, level: number): number =>
  studentCritical(level, k - 1) * (deviation / Math.sqrt(k));

import { studentCritical } from './student-t.ts';
import { mean, standardError } from './summary.ts';

export type Interval = readonly [low: number, high: number];

/**
 * Two-sided interval of a mean (Student 1908): mean ± t·s/√k. For paired effects it is that of their mean. Null with
 * fewer than two values, which say nothing about spread; of width 0 if all are equal; NaN for a level outside 0 … 1.
 */
export function meanInterval(values: readonly number[], level: number): Interval | null {
  if (values.length < 2) return null;
  const reach = studentCritical(level, values.length - 1) * standardError(values);
  return [mean(values) - reach, mean(values) + reach];
}

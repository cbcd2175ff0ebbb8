/** Mean and spread. NaN and infinities among the values go into the result: nothing is left out in silence. */
export { median } from '../core/sums.ts';

/**
 * NaN without values. Compensated summation (Neumaier 1974), so that the order of seeds does not show; exact if all
 * values are equal, so that then there is no spread.
 */
export function mean(values: readonly number[]): number {
  const [first] = values;
  if (first !== undefined && values.every(value => value === first)) return first;
  return sum(values) / values.length;
}

/** Sample standard deviation, with n − 1; NaN with fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(sum(values.map(value => (value - centre) ** 2)) / (values.length - 1 || Number.NaN));
}

/** Of the mean. */
export function standardError(values: readonly number[]): number {
  return standardDeviation(values) / Math.sqrt(values.length);
}

function sum(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

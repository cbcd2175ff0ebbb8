/** Of a handful of numbers in one process. What claims and gates rest on is summed in `src/stats`, with compensation. */

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** NaN without values. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Of an even number of values the mean of the two in the middle; NaN without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return mean([sorted[(sorted.length - 1) >> 1] ?? Number.NaN, sorted[sorted.length >> 1] ?? Number.NaN]);
}

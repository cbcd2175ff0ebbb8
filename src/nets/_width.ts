/** Filters are made wider or narrower in steps that vector units like. */
const MULTIPLE = 8;

/** `count` times `width` to the nearest multiple of 8, at least 8. A width of 1 leaves every count as it is. */
export function widen(count: number, width: number): number {
  return width === 1 ? count : Math.max(MULTIPLE, MULTIPLE * Math.round((count * width) / MULTIPLE));
}

/** Of place `index` in a list of counts. */
export function widthAt(counts: readonly number[], index: number, width: number): number {
  return widen(atOrLast(counts, index), width);
}

/** In a list whose last number holds for all that would follow. */
export const atOrLast = (numbers: readonly number[], index: number): number =>
  numbers[Math.min(index, numbers.length - 1)] as number;

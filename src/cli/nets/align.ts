/** One of the two is always there. */
export interface Aligned<T> {
  a?: T | undefined;
  b?: T | undefined;
}

/** Two lists side by side, with as many equal keys opposite each other as their order allows (the longest common part). */
export function align<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string): Aligned<T>[] {
  const [keysA, keysB] = [a.map(keyOf), b.map(keyOf)];
  const common = commonLengths(keysA, keysB);
  const pairs: Aligned<T>[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && keysA[i] === keysB[j]) pairs.push({ a: a[i++] as T, b: b[j++] as T });
    else if (j >= b.length || (i < a.length && at(common, i + 1, j) >= at(common, i, j + 1)))
      pairs.push({ a: a[i++] as T });
    else pairs.push({ b: b[j++] as T });
  }
  return pairs;
}

/** [i][j]: length of the longest common part of a from i and b from j. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      (lengths[i] as number[])[j] = a[i] === b[j] ? at(lengths, i + 1, j + 1) + 1 : longest;
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}

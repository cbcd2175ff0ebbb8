/**
 * Pure arithmetic that never changes. It takes as long as the machine makes it, whatever code is measured beside it: times
 * of two processes are compared only while it takes as long in both.
 */
const OPERATIONS = 1_000_000;

/** About 5 ms. The result keeps a compiler from leaving the work out. */
export function control(): number {
  let whole = 1;
  let real = 1;
  for (let i = 0; i < OPERATIONS; i++) {
    whole = (Math.imul(whole, 1_664_525) + 1_013_904_223) | 0;
    real = real * 0.999_999 + (whole & 1);
  }
  return real;
}

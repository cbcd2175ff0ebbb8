import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, standardDeviation, standardError } from '../../src/stats/summary.ts';

test('small numbers beside large ones are not lost', () => {
  expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
});

test('equal values have no spread at all', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 50 }), (value, k) => {
      expect(standardDeviation(Array.from({ length: k }, () => value))).toBe(0);
    }),
  );
});

test('the standard error of 2, 4, 4, 4, 5, 5, 7, 9 is √(32/7)/√8', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 14);
  expect(standardError(values)).toBeCloseTo(Math.sqrt(32 / 7 / 8), 14);
});

test('what is not finite is not left out', () => {
  expect(mean([1, Number.NaN])).toBeNaN();
  expect(mean([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  expect(standardDeviation([1, Number.POSITIVE_INFINITY])).toBeNaN();
  expect(mean([])).toBeNaN();
  expect(standardDeviation([1])).toBeNaN();
});

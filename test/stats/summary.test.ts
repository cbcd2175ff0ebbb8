import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, standardDeviation, standardError } from '../../src/stats/summary.ts';

test('small numbers beside large ones are not lost', () => {
  expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  expect(mean([1, 1e100, 1, -1e100])).toBe(0.5);
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

test('mean and spread know no order; they shift and scale as their values do', () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(values, fc.double({ min: -10, max: 10, noNaN: true }), (of, scale) => {
      const changed = of.map(value => 3 + scale * value).reverse();
      expect(mean(changed)).toBeCloseTo(3 + scale * mean(of), 9);
      expect(standardDeviation(changed)).toBeCloseTo(Math.abs(scale) * standardDeviation(of), 9);
    }),
  );
});

test('half of the values lie on either side of the median', () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([1, 100, 10, 20])).toBe(15);
  expect([median([]), median([1, Number.NaN])]).toEqual([Number.NaN, Number.NaN]);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), values => {
      const middle = median(values);
      expect(2 * values.filter(value => value < middle).length).toBeLessThanOrEqual(values.length);
      expect(2 * values.filter(value => value > middle).length).toBeLessThanOrEqual(values.length);
    }),
  );
});

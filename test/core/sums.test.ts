import { expect, test } from 'vitest';
import { mean, median, sum } from '../../src/core/sums.ts';

test('the median is the middle of an odd number, and the mean of the two middles of an even one', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 2])).toBe(3.5);
  expect(median([7])).toBe(7);
});

test('nothing has a sum of 0, and no mean and no median', () => {
  expect([sum([]), mean([]), median([])]).toEqual([0, Number.NaN, Number.NaN]);
});

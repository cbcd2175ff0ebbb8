import { expect, test } from 'vitest';
import { promiseOf } from '../../src/stats/index.ts';

const claim = { kind: 'superiority', margin: 1 } as const;

test('without a spread to go by anything is promising', () => {
  expect(promiseOf(claim, [], 5)).toBe(1);
  expect(promiseOf(claim, [3], 5)).toBe(1);
  expect(promiseOf(claim, [1, 1.1], 1)).toBe(1);
});

test('the distance from the margin in half-widths of the planned interval, at most 1', () => {
  // t(0.975, 4) · 1 / √5
  const halfWidth = 2.7764451051977987 / Math.sqrt(5);
  expect(promiseOf(claim, [1.5 - Math.SQRT1_2, 1.5 + Math.SQRT1_2], 5)).toBeCloseTo(0.5 / halfWidth, 10);
  expect(promiseOf(claim, [9, 10], 5)).toBe(1);
  expect(promiseOf({ ...claim, kind: 'equivalence' }, [-0.9, -1.1], 5)).toBeCloseTo(0, 10);
  expect(promiseOf(claim, [-0.9, -1.1], 5)).toBe(1);
  expect(promiseOf(claim, [0.9, 1.1], 2)).toBeCloseTo(0, 10);
  expect(promiseOf(claim, [2, 2], 5)).toBe(1);
});

import { expect, test } from 'vitest';
import { bestClasses, isMiss, rankOf } from '../../src/core/ranking.ts';
import { testSets } from '../stats/test-set-fixture.ts';

test.each(testSets())('top-k errors are those of scikit-learn', ({ labels, probabilities, top1, top2 }) => {
  const ranks = probabilities.map((row, i) => rankOf(row, labels[i] as number));
  const error = (k: number): number => ranks.filter(rank => isMiss(rank, k)).length / ranks.length;
  expect(error(1)).toBeCloseTo(top1, 12);
  expect(error(2)).toBeCloseTo(top2, 12);
});

test('ties count against the class, and what is not a number is never right', () => {
  expect(rankOf([0.25, 0.25, 0.25, 0.25], 0)).toBe(4);
  expect(rankOf([0.1, 0.45, 0.45], 1)).toBe(2);
  expect(rankOf([0.5, Number.NaN], 1)).toBe(0);
  expect([0, 1, 5, 6].map(rank => isMiss(rank, 5))).toEqual([true, false, false, true]);
});

test('the best classes, the first of equal ones first', () => {
  expect(bestClasses([0.1, 0.3, 0.3, 0.2, 0.1], 4)).toEqual([1, 2, 3, 0]);
  expect(bestClasses([0.6, 0.4], 5)).toEqual([0, 1]);
});

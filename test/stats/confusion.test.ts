import { expect, test } from 'vitest';
import { confusionMatrix, mostConfused } from '../../src/stats/confusion.ts';
import { testSets } from './test-set-fixture.ts';

test.each(testSets())('the matrix is that of scikit-learn', ({ labels, predicted, matrix }) => {
  expect(confusionMatrix(labels, predicted, matrix.length)).toEqual(matrix);
});

test('the most confused pairs, most images first, without the right ones', () => {
  const matrix = [
    [90, 7, 3],
    [0, 40, 10],
    [3, 0, 0],
  ];
  expect(mostConfused(matrix, 3)).toEqual([
    { is: 1, takenFor: 2, images: 10, share: 0.2 },
    { is: 0, takenFor: 1, images: 7, share: 0.07 },
    { is: 0, takenFor: 2, images: 3, share: 0.03 },
  ]);
  expect(mostConfused(matrix, 10).map(({ is, takenFor }) => [is, takenFor])).toEqual([
    ...[[1, 2] as const, [0, 1] as const, [0, 2] as const, [2, 0] as const],
  ]);
});

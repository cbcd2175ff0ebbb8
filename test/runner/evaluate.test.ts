import { expect, test } from 'vitest';
import { evaluationBatch } from '../../src/runner/evaluate.ts';

test.each([
  [[28, 28, 1], 500],
  [[32, 32, 3], 500],
  [[64, 64, 3], 125],
  [[224, 224, 3], 10],
  [[2000, 2000, 3], 1],
])('of images of %j, %i at once', (shape, images) => {
  expect(evaluationBatch(shape)).toBe(images);
});

import { expect, test } from 'vitest';
import { countOf, layerNames, SMALL_INPUTS } from './shapes.ts';

test('one layer of weights', async () => {
  expect(await layerNames('perceptron')).toBe('input flatten output');
  expect((await countOf('perceptron')).parameters).toBe((20 * 20 + 1) * 8);
});

test('a hidden layer, and inputs that are no images: exclusive or', async () => {
  const xor = { shape: [2], classes: 2 };
  expect(await layerNames('perceptron', { hidden: 4 }, xor)).toBe('input hidden hidden.tanh output');
  expect((await countOf('perceptron', { hidden: 4 }, xor)).parameters).toBe(3 * 4 + 5 * 2);
});

test.each(SMALL_INPUTS)('takes $shape', async input => {
  const pixels = input.shape.reduce((product, extent) => product * extent, 1);
  expect((await countOf('perceptron', { form: 'small' }, input)).parameters).toBe((pixels + 1) * 10);
});

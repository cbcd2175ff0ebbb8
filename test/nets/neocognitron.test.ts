import { expect, test } from 'vitest';
import { findNet } from '../../src/nets/index.ts';
import { countOf } from './shapes.ts';

const shapesOf = async (options = {}, input?: { shape: number[]; classes: number }): Promise<string> =>
  (await findNet('neocognitron', options, input)).layers
    .map(({ name, output }) => `${name} ${output.join('×')}`)
    .join();

test("the paper's planes", async () => {
  expect(await shapesOf()).toBe(
    'input 16×16×1,u0 16×16×1,s1 16×16×24,c1 10×10×24,s2 8×8×24,c2 6×6×24,s3 2×2×24,c3 1×1×24,flatten 24,output 5',
  );
});

test('each plane has excitatory weights and one inhibitory weight; C-cells have none', async () => {
  const { parameters } = await countOf('neocognitron');
  expect(parameters).toBe(24 * (25 + 1) + 2 * 24 * (25 * 24 + 1) + 24 * 5 + 5);
});

test('the small form ends with one cell a plane', async () => {
  const digits = { shape: [28, 28, 1], classes: 10 };
  expect(await shapesOf({ form: 'small' }, digits)).toContain('c3 1×1×256');
});

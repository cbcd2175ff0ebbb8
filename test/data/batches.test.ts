import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setInMemory } from '../../src/core/dataset.ts';
import { DEFAULT_INPUT } from '../../src/core/input.ts';
import { batchIndices, fillBatch, type InputFormat, labelsOf, trainingBatches } from '../../src/data/index.ts';

const sizes = fc.record({
  seed: fc.nat(1000),
  count: fc.integer({ min: 1, max: 40 }),
  batch: fc.integer({ min: 1, max: 17 }),
});

test('each epoch sees every image once, whatever the batch', () => {
  fc.assert(
    fc.property(sizes, ({ seed, count, batch }) => {
      const steps = Math.ceil((3 * count) / batch);
      const seen = Array.from({ length: steps }, (_, step) => [...batchIndices(seed, step, batch, count)]).flat();
      for (let epoch = 0; epoch < 3; epoch++) {
        const order = seen.slice(epoch * count, (epoch + 1) * count).sort((a, b) => a - b);
        expect(order).toEqual(Array.from({ length: count }, (_, i) => i));
      }
    }),
  );
});

test("a step's batch does not depend on how one came to it", () => {
  fc.assert(
    fc.property(sizes, fc.nat(50), ({ seed, count, batch }, step) => {
      const alone = batchIndices(seed, step, batch, count);
      for (let earlier = 0; earlier < step; earlier++) batchIndices(seed, earlier, batch, count);
      expect(batchIndices(seed, step, batch, count)).toEqual(alone);
    }),
  );
});

test('seeds and epochs have orders of their own', () => {
  const order = (seed: number, step: number) => [...batchIndices(seed, step, 100, 100)].join();
  expect(new Set([order(1, 0), order(2, 0), order(1, 1), order(2, 1)]).size).toBe(4);
  expect(order(1, 0)).toBe(order(1, 0));
});

/** If this fails, no earlier run can be repeated or resumed any more. */
test('the order is the same in every version', () => {
  expect([...batchIndices(1, 1, 6, 10)]).toEqual([3, 0, 8, 9, 1, 9]);
});

const format = (changes: Partial<InputFormat> = {}): InputFormat => ({
  shape: [1, 2, 2],
  shorterSide: null,
  scale: 'standardised',
  mean: [0.5, 0],
  std: [0.5, 2],
  ...changes,
});

test('room that does not fit the batch is refused', () => {
  const set = setInMemory(Uint8Array.of(1, 2), [1, 1, 1], Uint8Array.of(0, 0));
  const small = format({ shape: [1, 1, 1], mean: [0], std: [1] });
  expect(() => fillBatch(set, Uint32Array.of(0, 1), small, new Float32Array(1))).toThrow(
    'expected room for 2 values, got 1',
  );
});

const twoImages = setInMemory(Uint8Array.of(0, 255, 51, 102, 153, 204, 255, 0), [1, 2, 2], Uint8Array.of(7, 3));

test.each([
  ['standardised', ['0.2000', '0.4000', '1.0000', '0.0000']],
  ['centred', ['25.5000', '204.0000', '127.5000', '0.0000']],
] as const)('pixels are %s by channel, labels follow their images', (scale, expected) => {
  const out = new Float32Array(4);
  fillBatch(twoImages, Uint32Array.of(1), format({ scale }), out);
  expect([...out].map(value => value.toFixed(4))).toEqual(expected);
  expect([...labelsOf(twoImages, Uint32Array.of(1, 0))]).toEqual([3, 7]);
});

const pictures = fc
  .record({
    count: fc.integer({ min: 1, max: 5 }),
    side: fc.integer({ min: 1, max: 6 }),
    channels: fc.constantFrom(1, 2, 3),
  })
  .chain(({ count, side, channels }) =>
    fc
      .uint8Array({ minLength: count * side * side * channels, maxLength: count * side * side * channels })
      .map(pixels => ({ pixels, shape: [side, side, channels] as const, count })),
  );

/** By hand, in the words of the formula: if this fails, no earlier run can be repeated any more. */
test('the default input is (x/255 − mean)/std of the stored picture, to the last bit, whichever the order', () => {
  fc.assert(
    fc.property(pictures, fc.nat(20), fc.integer({ min: 1, max: 7 }), ({ pixels, shape, count }, step, batch) => {
      const [mean, std] = [[0.4914, 0.1307, 0.2].slice(0, shape[2]), [0.247, 0.3081, 0.7].slice(0, shape[2])];
      const train = setInMemory(pixels, shape, new Uint8Array(count));
      const dataset = { shape, mean, std };
      const { images } = trainingBatches({ dataset, train, count, input: DEFAULT_INPUT, batch, seed: 3 })(step);
      const expected = [...batchIndices(3, step, batch, count)].flatMap(index =>
        [...train.image(index).pixels].map((x, i) => (x / 255 - mean[i % shape[2]]!) / std[i % shape[2]]!),
      );
      expect(images).toEqual(Float32Array.from(expected));
    }),
  );
});

describe('the poor order', () => {
  const order = (epoch: number, seed = 1) => [...batchIndices(seed, epoch, 3000, 3000, 'poor')];
  const neighbours = (images: readonly number[]) => new Set(images.slice(1).map((image, i) => `${images[i]} ${image}`));

  test('visits every image once an epoch', () => {
    expect(order(2).sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });

  test('keeps neighbours together from epoch to epoch but for the ends of the shards; thorough does not', () => {
    const kept = (a: readonly number[], b: readonly number[]) => {
      const pairs = neighbours(b);
      return [...neighbours(a)].filter(pair => pairs.has(pair)).length;
    };
    const thorough = (epoch: number) => [...batchIndices(1, epoch, 300, 300)];
    expect(kept(order(0), order(1))).toBeGreaterThanOrEqual(2999 - 2);
    expect(kept(thorough(0), thorough(1))).toBeLessThan(10);
  });

  test('is dealt anew for each seed, and its shards come in another order', () => {
    expect(order(0)).not.toEqual(order(0, 2));
    expect(new Set(Array.from({ length: 8 }, (_, epoch) => order(epoch).join())).size).toBeGreaterThan(1);
  });
});

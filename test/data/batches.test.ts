import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setInMemory } from '../../src/core/dataset.ts';
import { batchIndices, fillBatch, labelsOf } from '../../src/data/index.ts';

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

test('room that does not fit the batch is refused', () => {
  const set = setInMemory(Uint8Array.of(1, 2), [1, 1, 1], Uint8Array.of(0, 0));
  expect(() => fillBatch(set, [1, 1, 1], Uint32Array.of(0, 1), [0], [1], new Float32Array(1))).toThrow(
    'expected room for 2 values, got 1',
  );
});

test('pixels are normalised by channel, labels follow their images', () => {
  const set = setInMemory(Uint8Array.of(0, 255, 51, 102, 153, 204, 255, 0), [1, 2, 2], Uint8Array.of(7, 3));
  const out = new Float32Array(4);
  fillBatch(set, [1, 2, 2], Uint32Array.of(1), [0.5, 0], [0.5, 2], out);
  expect([...out].map(value => value.toFixed(4))).toEqual(['0.2000', '0.4000', '1.0000', '0.0000']);
  expect([...labelsOf(set, Uint32Array.of(1, 0))]).toEqual([3, 7]);
});

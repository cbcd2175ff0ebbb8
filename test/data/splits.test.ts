import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setInMemory } from '../../src/core/dataset.ts';
import { heldOut, split } from '../../src/data/_splits.ts';

const labelled = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 200 });
const share = fc.double({ min: 0, max: 0.99, noNaN: true });
const seed = fc.integer({ min: 0, max: 1000 });
const request = (labels: number[], part: number, drawn: number) => ({
  labels,
  share: part,
  seed: drawn,
  keyOf: String,
});

describe('the held-out part', () => {
  test('has the share of each class, rounded', () => {
    fc.assert(
      fc.property(labelled, share, seed, (labels, part, drawn) => {
        const held = heldOut(request(labels, part, drawn));
        for (const label of new Set(labels)) {
          const members = labels.flatMap((one, index) => (one === label ? [index] : []));
          expect(members.filter(index => held.has(index)).length).toBe(Math.round(part * members.length));
        }
      }),
    );
  });

  test('grows with its share, and does not move when another class changes', () => {
    fc.assert(
      fc.property(labelled, share, seed, (labels, part, drawn) => {
        const held = heldOut(request(labels, part, drawn));
        const larger = heldOut(request(labels, (1 + part) / 2, drawn));
        expect([...held].every(index => larger.has(index))).toBe(true);
        const longer = heldOut(request([...labels, 9, 9, 9], part, drawn));
        expect([...longer].filter(index => index < labels.length).sort()).toEqual([...held].sort());
      }),
    );
  });

  test('is another for another seed', () => {
    const labels = Array<number>(100).fill(0);
    expect(heldOut(request(labels, 0.5, 1))).not.toEqual(heldOut(request(labels, 0.5, 2)));
  });

  test('is what it was: runs of earlier versions held out the same images', () => {
    const labels = Array.from({ length: 20 }, (_, i) => i % 2);
    expect([...heldOut(request(labels, 0.2, 1))].sort((a, b) => a - b)).toMatchInlineSnapshot(`
      [
        4,
        7,
        8,
        11,
      ]
    `);
  });

  test.each([1, -0.1, Number.NaN])('a share of %s: one line', part => {
    expect(() => heldOut(request([0], part, 1))).toThrow(/^expected a share of at least 0 and below 1, got/);
  });
});

test('both parts of a set keep pictures, labels and order', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 4);
  const set = setInMemory(Uint8Array.from(labels.keys()), [1, 1, 1], labels);
  const { train, validation } = split(set, 0.25, 3);
  const numbers = (part: typeof set) => Array.from({ length: part.count }, (_, i) => part.image(i).pixels[0] as number);
  expect([...numbers(train), ...numbers(validation)].sort((a, b) => a - b)).toEqual([...labels.keys()]);
  expect(numbers(train)).toEqual(numbers(train).toSorted((a, b) => a - b));
  expect([...validation.labels]).toEqual(numbers(validation).map(i => i % 4));
  expect(validation.count).toBe(12);
});

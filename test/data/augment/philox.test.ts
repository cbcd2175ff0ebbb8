import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../../src/core/random.ts';
import { philox, SeekableStream } from '../../../src/data/augment/philox.ts';

/** Known answers of the authors' library Random123 (kat_vectors, philox4x32 10). */
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [Array(4).fill(0xffffffff), Array(2).fill(0xffffffff), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])('counter %j, key %j', (counter, key, expected) => {
  const out = new Uint32Array(4);
  philox(Uint32Array.from(counter), Uint32Array.from(key), out);
  expect([...out]).toEqual(expected);
});

const newStream = (seed = 1) => new SeekableStream(stream(seed, 'a test'));

test('a place has its draws, whatever was drawn before', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(6), fc.nat(9), fc.nat(9), (row, column, before, length) => {
      const drawn = (draws: SeekableStream, n: number) => Array.from({ length: n }, () => draws.uniform());
      const used = newStream();
      drawn(used.seek(row + 1, column), before);
      expect(drawn(used.seek(row, column), length)).toEqual(drawn(newStream().seek(row, column), length));
    }),
  );
});

test('places and keys differ', () => {
  const firsts = [newStream().seek(0, 0), newStream().seek(0, 1), newStream().seek(1, 0), newStream(2).seek(0, 0)];
  expect(new Set(firsts.map(draws => draws.uniform())).size).toBe(4);
});

/** Bounds of five standard errors: of fixed seeds, so either always or never met. */
test('uniform, below and normal have their moments', () => {
  const n = 20_000;
  const draws = newStream();
  const uniforms = Array.from({ length: n }, (_, i) => draws.seek(i, 0).uniform());
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean(uniforms) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  expect(uniforms.every(value => value >= 0 && value < 1)).toBe(true);
  const dice = Array.from({ length: n }, () => draws.below(6));
  for (let face = 0; face < 6; face++)
    expect(Math.abs(dice.filter(value => value === face).length / n - 1 / 6)).toBeLessThan(5 * Math.sqrt(5 / 36 / n));
  const normals = Array.from({ length: n }, () => draws.normal());
  expect(Math.abs(mean(normals))).toBeLessThan(5 / Math.sqrt(n));
  const deviation = Math.sqrt(mean(normals.map(value => value ** 2)));
  expect(Math.abs(deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * n));
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setInMemory } from '../../../src/core/dataset.ts';
import { permutation, stream } from '../../../src/core/random.ts';
import { colourAxesOf } from '../../../src/data/augment/colour-axes.ts';
import { addColourNoise, type ColourAxes, IMAGENET_AXES } from '../../../src/data/augment/colour-noise.ts';
import { distortColours } from '../../../src/data/augment/photometric.ts';
import { WorkImage } from '../../../src/data/augment/work-image.ts';

const values = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 12, maxLength: 12 })
  .map(v => Float32Array.from(v));

/** Written by scripts/augment-fixtures.py: eigenvectors of the population covariance by NumPy, largest first. */
const { axes } = JSON.parse(readFileSync('test/fixtures/augment.json', 'utf8')) as {
  axes: { pixels: number[]; values: number[]; vectors: number[][] };
};

test("a set's axes are NumPy's, but for the sign of each", () => {
  const set = setInMemory(Uint8Array.from(axes.pixels), [8, 8, 3], new Uint8Array(3));
  const found = colourAxesOf(set);
  for (const [k, value] of axes.values.entries()) {
    expect(Math.abs((found.values[k] as number) - value)).toBeLessThan(1e-12);
    const dot = axes.vectors.reduce((sum, row, channel) => sum + row[k]! * found.vectors[channel]![k]!, 0);
    expect(Math.abs(Math.abs(dot) - 1)).toBeLessThan(1e-12);
  }
});

test('a set of one colour has no spread, and its noise is none', () => {
  const found = colourAxesOf(setInMemory(new Uint8Array(48).fill(77), [4, 4, 3], new Uint8Array(1)));
  expect(found.values).toEqual([0, 0, 0]);
});

test('noise of deviation 0 changes nothing', () => {
  fc.assert(
    fc.property(values, fc.nat(1000), (image, seed) => {
      const changed = image.slice();
      change(changed, at => addColourNoise(at, IMAGENET_AXES, 0, stream(seed, 'a test')));
      expect(changed).toEqual(image);
    }),
  );
});

test('noise is one shift for all pixels of an image', () => {
  fc.assert(
    fc.property(values, fc.nat(1000), (image, seed) => {
      const changed = image.slice();
      change(changed, at => addColourNoise(at, IMAGENET_AXES, 0.1, stream(seed, 'a test')));
      const shifts = [...changed].map((value, i) => value - (image[i] as number));
      for (const [i, shift] of shifts.entries()) expect(Math.abs(shift - shifts[i % 3]!)).toBeLessThan(1e-4);
      expect(Math.abs(shifts[0]!)).toBeGreaterThan(0);
    }),
  );
});

/** Var = 255² σ² Σ pₖ² λₖ², each channel's; the variance of n normal draws is known to √(2/n). Fixed seeds. */
test.each([
  ['ImageNet', IMAGENET_AXES],
  [
    'others',
    {
      vectors: [
        [1, 0, 0],
        [0, 0.6, 0.8],
        [0, -0.8, 0.6],
      ],
      values: [0.3, 0.2, 0.1],
    } satisfies ColourAxes,
  ],
] as const)('the variance along the axes of %s is as stated', (_, colourAxes) => {
  const n = 10_000;
  const std = 0.1;
  const shifts = Array.from({ length: n }, (_, seed) => {
    const image = new Float32Array(3);
    change(image, at => addColourNoise(at, colourAxes, std, stream(seed, 'a test')));
    return image;
  });
  for (const channel of [0, 1, 2]) {
    const row = colourAxes.vectors[channel] as readonly number[];
    const stated = (255 * std) ** 2 * row.reduce((sum, p, k) => sum + (p * (colourAxes.values[k] as number)) ** 2, 0);
    const found = shifts.reduce((sum, shift) => sum + shift[channel]! ** 2, 0) / n;
    expect(Math.abs(found / stated - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  }
});

test('photometric strength 0 is the identity; any other stays within the bytes', () => {
  fc.assert(
    fc.property(values, fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (image, seed, strength) => {
      const changed = image.slice();
      change(changed, at => distortColours(at, 0, stream(seed, 'a test')));
      expect(changed).toEqual(image);
      change(changed, at => distortColours(at, strength, stream(seed, 'a test')));
      expect(changed.every(value => value >= 0 && value <= 255)).toBe(true);
    }),
  );
});

/** On one grey pixel contrast and saturation do nothing, so what is left is brightness. */
test('brightness is by a factor in 1 ± strength that reaches both ends', () => {
  const factors = Array.from({ length: 2000 }, (_, seed) => {
    const grey = new Float32Array(3).fill(100);
    change(grey, at => distortColours(at, 0.5, stream(seed, 'a test')));
    return (grey[0] as number) / 100;
  });
  expect(Math.min(...factors)).toBeGreaterThan(0.5 - 1e-5);
  expect(Math.max(...factors)).toBeLessThan(1.5 + 1e-5);
  expect(Math.min(...factors)).toBeLessThan(0.51);
  expect(Math.max(...factors)).toBeGreaterThan(1.49);
});

test('a grey image stays grey', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255), { minLength: 1, maxLength: 9 }), fc.nat(1000), (greys, seed) => {
      const image = Float32Array.from(greys.flatMap(grey => [grey, grey, grey]));
      change(image, at => distortColours(at, 0.5, stream(seed, 'a test')));
      for (let i = 0; i < image.length; i += 3) {
        expect(Math.abs(image[i]! - image[i + 1]!)).toBeLessThan(1e-3);
        expect(Math.abs(image[i]! - image[i + 2]!)).toBeLessThan(1e-3);
      }
    }),
  );
});

/** The formula once more, pixel by pixel: x ↦ f·x + (1 − f)·g, cut to bytes. */
test('photometric distortion is its formula, in the drawn order', () => {
  const grey = ([r, g, b]: number[]) => 0.299 * r! + 0.587 * g! + 0.114 * b!;
  const mix = (f: number, x: number, g: number) => Math.min(255, Math.max(0, f * x + (1 - f) * g));
  const steps: ((image: number[][], f: number) => number[][])[] = [
    (image, f) => image.map(pixel => pixel.map(x => mix(f, x, 0))),
    (image, f) => {
      const mean = image.map(grey).reduce((sum, value) => sum + value, 0) / image.length;
      return image.map(pixel => pixel.map(x => mix(f, x, mean)));
    },
    (image, f) => image.map(pixel => pixel.map(x => mix(f, x, grey(pixel)))),
  ];
  fc.assert(
    fc.property(values, fc.nat(1000), (flat, seed) => {
      const changed = flat.slice();
      change(changed, at => distortColours(at, 0.4, stream(seed, 'a test')));
      const draws = stream(seed, 'a test');
      const factors = steps.map(() => 0.6 + 0.8 * draws.uniform());
      const pixels = [0, 3, 6, 9].map(i => [...flat.slice(i, i + 3)]);
      const expected = [...permutation(3, draws)].reduce((image, k) => steps[k]!(image, factors[k]!), pixels).flat();
      for (const [i, value] of expected.entries()) expect(Math.abs(value - changed[i]!)).toBeLessThan(1e-3);
    }),
  );
});

/** What `how` makes of an image's numbers, in place. */
function change(numbers: Float32Array, how: (image: WorkImage) => void): void {
  const image = new WorkImage([1, numbers.length / 3, 3], new Int32Array(3 * 256));
  image.values.set(numbers);
  how(image);
  numbers.set(image.values);
}

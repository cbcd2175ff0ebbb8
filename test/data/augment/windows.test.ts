import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ImageSet, setInMemory } from '../../../src/core/dataset.ts';
import { type Augmentation, DEFAULT_INPUT } from '../../../src/core/input.ts';
import { stream } from '../../../src/core/random.ts';
import { resample } from '../../../src/data/augment/resample.ts';
import { batchIndices, fillBatch, fillWindows, type InputFormat, trainingBatches } from '../../../src/data/index.ts';

const SIDE = 12;
const COUNT = 11;
const shape = [SIDE, SIDE, 3] as const;
const mean = [0.5, 0.4, 0.3];
const std = [0.2, 0.25, 0.3];

const draws = stream(1, 'made-up images');
const pixels = Uint8Array.from({ length: COUNT * SIDE * SIDE * 3 }, () => draws.below(256));
const set = setInMemory(pixels, shape, new Uint8Array(COUNT));

const format = (changes: Partial<InputFormat> = {}): InputFormat => ({
  shape: [8, 8, 3],
  shorterSide: null,
  scale: 'standardised',
  mean,
  std,
  ...changes,
});

const fill = (window: Partial<Parameters<typeof fillWindows>[1][number]>, changes: Partial<InputFormat> = {}) => {
  const all = format(changes);
  const out = new Float32Array(all.shape[0] * all.shape[1] * 3);
  fillWindows(set, [{ index: 0, top: 0, left: 0, height: 8, width: 8, flip: false, ...window }], all, out);
  return out;
};

const flipped = (values: Float32Array, width: number) =>
  Float32Array.from(values, (_, i) => {
    const pixel = Math.floor(i / 3);
    const x = pixel % width;
    return values[3 * (pixel - x + width - 1 - x) + (i % 3)] as number;
  });

describe('a window', () => {
  const windows = fc.record({
    index: fc.nat(COUNT - 1),
    top: fc.integer({ min: -4, max: 8 }),
    left: fc.integer({ min: -4, max: 8 }),
  });

  test('has the pixels at its place, and zeros where it leaves the picture', () => {
    fc.assert(
      fc.property(windows, ({ index, top, left }) => {
        const out = fill({ index, top, left });
        const picture = set.image(index).pixels;
        const expected = Float32Array.from(out, (_, i) => {
          const [y, x, c] = [top + Math.floor(i / 24), left + (Math.floor(i / 3) % 8), i % 3];
          if (y < 0 || x < 0 || y >= SIDE || x >= SIDE) return 0;
          return (picture[3 * (SIDE * y + x) + c]! / 255 - mean[c]!) / std[c]!;
        });
        expect(out).toEqual(expected);
      }),
    );
  });

  test('flipped twice is as it was', () => {
    fc.assert(
      fc.property(windows, window => {
        const turned = fill({ ...window, flip: true });
        expect(flipped(turned, 8)).toEqual(fill(window));
      }),
    );
  });

  test('of another size is resized to the size of the input', () => {
    const out = fill({ top: 2, left: 1, height: 10, width: 5 });
    const window = set.image(0).pixels.filter((_, i) => {
      const [y, x] = [Math.floor(i / 3 / SIDE), Math.floor(i / 3) % SIDE];
      return y >= 2 && y < 12 && x >= 1 && x < 6;
    });
    const bytes = new Uint8Array(8 * 8 * 3);
    const whole = { top: 0, left: 0, height: 8, width: 8 };
    resample({ height: 10, width: 5, pixels: window }, 3, whole, whole, bytes);
    expect(out).toEqual(Float32Array.from(bytes, (byte, i) => (byte / 255 - mean[i % 3]!) / std[i % 3]!));
  });

  test('at another shorter side is cut from the resized picture', () => {
    const big = new Uint8Array(20 * 20 * 3);
    const size = { height: 20, width: 20 };
    resample(set.image(0), 3, size, { top: 0, left: 0, ...size }, big);
    const out = fill({ top: 5, left: 9 }, { shorterSide: 20 });
    expect(out[0]).toBe(Math.fround((big[3 * (5 * 20 + 9)]! / 255 - 0.5) / 0.2));
    expect(fill({ top: 5, left: 9, shorterSide: 20 })).toEqual(out);
  });

  test('is the middle in evaluation, also of the resized picture', () => {
    const central = (shorterSide: number | null) => {
      const out = new Float32Array(192);
      fillBatch(set, Uint32Array.of(4), format({ shorterSide }), out);
      return out;
    };
    expect(central(null)).toEqual(fill({ index: 4, top: 2, left: 2 }));
    expect(central(15)).toEqual(fill({ index: 4, top: 3, left: 3, shorterSide: 15 }));
    expect(central(15)).not.toEqual(central(null));
  });

  test('outside of the picture, or partly if it is to be resized, is one line', () => {
    expect(() => fill({ top: 12 })).toThrow(
      /image 0: expected a picture that holds a window of 8×8 at \(12, 0\), got one of 12×12/,
    );
    expect(() => fill({ top: 4, height: 9 })).toThrow(/holds a window of 9×8 at \(4, 0\)/);
  });

  test('of a picture with other channels than the dataset is refused', () => {
    const grey: ImageSet = {
      ...set,
      image: () => ({ height: SIDE, width: SIDE, pixels: new Uint8Array(SIDE * SIDE) }),
    };
    expect(() => fillBatch(grey, Uint32Array.of(0), format(), new Float32Array(192))).toThrow(
      /expected 12 × 12 × 3 bytes, got 144/,
    );
  });
});

const AUGMENTATIONS: Record<string, Augmentation[]> = {
  cifar: [{ kind: 'pad-crop', pad: 2 }, { kind: 'flip' }],
  alexnet: [{ kind: 'random-crop' }, { kind: 'flip' }, { kind: 'colour-noise', std: 0.1, axes: 'dataset' }],
  vgg: [{ kind: 'scale-jitter', from: 8, to: 14 }, { kind: 'random-crop' }, { kind: 'flip' }],
  googlenet: [
    { kind: 'area-crop', area: [0.2, 1], aspect: [3 / 4, 4 / 3] },
    { kind: 'flip' },
    { kind: 'photometric', strength: 0.5 },
    { kind: 'colour-noise', std: 0.1, axes: 'imagenet' },
  ],
};

describe.each(Object.entries(AUGMENTATIONS))('batches augmented as %s', (_, augment) => {
  const input = { ...DEFAULT_INPUT, size: 8, augment };
  const batches = (batch: number, seed = 1) =>
    trainingBatches({ dataset: { shape, mean, std }, train: set, count: COUNT, input, batch, seed });

  /** Image by image, in the order in which they are visited. */
  function visits(batch: number, from: number, to: number, seed = 1): Float32Array[] {
    const batchOf = batches(batch, seed);
    return Array.from({ length: to - from }, (_, i) => batchOf(from + i).images.slice()).flatMap(images =>
      Array.from({ length: batch }, (_, i) => images.slice(192 * i, 192 * (i + 1))),
    );
  }

  test('do not depend on the size of the batch', () => {
    expect(visits(5, 0, 8)).toEqual(visits(8, 0, 5));
  });

  test('are the same when a run is resumed at any step, whatever was asked for before', () => {
    const whole = visits(4, 0, 9);
    for (let step = 0; step < 9; step++) expect(visits(4, step, 9)).toEqual(whole.slice(4 * step));
    const batchOf = batches(4);
    for (const step of [7, 0, 7, 3]) expect(batchOf(step).images.slice(0, 192)).toEqual(whole[4 * step]);
  });

  test('differ by epoch, by image and by seed', () => {
    const at = (seed: number) => {
      const first = visits(COUNT, 0, 2, seed);
      const order = [0, 1].map(step => batchIndices(seed, step, COUNT, COUNT));
      return order.map((indices, epoch) => first[epoch * COUNT + indices.indexOf(3)] as Float32Array);
    };
    const images = [...at(1), ...at(2)];
    expect(new Set(images.map(String)).size).toBe(images.length);
  });

  test('have the labels of their images', () => {
    const labels = Uint8Array.from({ length: COUNT }, (_, i) => i);
    const train = { ...set, labels };
    const given = trainingBatches({ dataset: { shape, mean, std }, train, count: COUNT, input, batch: 7, seed: 1 });
    expect([...given(2).labels]).toEqual([...batchIndices(1, 2, 7, COUNT)]);
  });
});

/** Colours pass through floats: without a change they must come out with the bits of the table. */
test.each(['standardised', 'centred'] as const)('colours that do not change give the same bits, %s', scale => {
  const batch = (augment: Augmentation[]) => {
    const input = { ...DEFAULT_INPUT, scale, augment };
    return trainingBatches({ dataset: { shape, mean, std }, train: set, count: COUNT, input, batch: COUNT, seed: 1 })(0)
      .images;
  };
  const unchanged: Augmentation[] = [
    { kind: 'photometric', strength: 0 },
    { kind: 'colour-noise', std: 0, axes: 'imagenet' },
  ];
  expect(batch(unchanged)).toEqual(batch([]));
  const padded: Augmentation = { kind: 'pad-crop', pad: 3 };
  for (const [i, value] of batch([padded, ...unchanged]).entries())
    expect(Math.abs(value - (batchOfPadded(padded, scale)[i] as number))).toBeLessThan(
      scale === 'centred' ? 1e-4 : 1e-6,
    );
});

function batchOfPadded(padded: Augmentation, scale: InputFormat['scale']): Float32Array {
  const input = { ...DEFAULT_INPUT, scale, augment: [padded] };
  return trainingBatches({ dataset: { shape, mean, std }, train: set, count: COUNT, input, batch: COUNT, seed: 1 })(0)
    .images;
}

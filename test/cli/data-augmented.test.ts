import { expect, test } from 'vitest';
import { augmentedRows } from '../../src/cli/data/augmented.ts';
import { type LoadedDataset, setInMemory } from '../../src/core/dataset.ts';

const SIDE = 32;
const set = (channels: number): LoadedDataset => {
  const shape = [SIDE, SIDE, channels] as const;
  const pixels = Uint8Array.from({ length: SIDE * SIDE * channels }, (_, i) => (i * 7) % 256);
  const images = setInMemory(pixels, shape, Uint8Array.of(0));
  const [mean, std] = [Array(channels).fill(0.5), Array(channels).fill(0.25)];
  return { name: 'made-up', shape, classes: ['a'], train: images, test: images, mean, std, fingerprint: '' };
};

test('every kind once, those of colours only where there are some', () => {
  const kinds = (channels: number): string[] =>
    augmentedRows(set(channels), 2).map(({ about }) => about.split(/[ ,]/)[0] as string);
  const everywhere = ['flip', 'pad-crop', 'random-crop', 'scale-jitter', 'area-crop'];
  expect(kinds(1)).toEqual(everywhere);
  expect(kinds(3)).toEqual([...everywhere, 'colour-noise', 'photometric']);
});

test('pixels come back from standardised values: a flip is the image or its mirror image, and both occur', () => {
  const dataset = set(3);
  const { pixels } = dataset.train.image(0);
  const row = (from: Uint8Array, y: number): string[] =>
    Array.from({ length: SIDE }, (_, x) => from.subarray(3 * (y * SIDE + x), 3 * (y * SIDE + x + 1)).join());
  const [stored, mirrored] = [row(pixels, 5), row(pixels, 5).reverse()];
  const seen = augmentedRows(dataset, 12)[0]?.versions.map(version => row(version.pixels, 5).join(' ')) ?? [];
  expect(new Set(seen)).toEqual(new Set([stored.join(' '), mirrored.join(' ')]));
});

test('crops have seven eighths of the side', () => {
  const crop = augmentedRows(set(3), 3).find(({ about }) => about === 'random-crop → 28×28');
  expect(crop?.versions.map(({ height, width, pixels }) => [height, width, pixels.length])).toEqual(
    Array(3).fill([28, 28, 28 * 28 * 3]),
  );
});

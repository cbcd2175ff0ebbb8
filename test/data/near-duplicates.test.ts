import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { type ImageSet, setInMemory } from '../../src/core/dataset.ts';
import { stream } from '../../src/core/random.ts';
import { nearDuplicates } from '../../src/data/index.ts';

const SIDE = 32;
const COUNT = 40;
const raw = { height: SIDE, width: SIDE, channels: 3 as const };

/** Blots of colour: image `seed` of a series. */
async function blots(seed: number): Promise<Buffer> {
  const draws = stream(seed, 'blots');
  const coarse = Buffer.from(Uint8Array.from({ length: 4 * 4 * 3 }, () => draws.below(256)));
  const small = sharp(coarse, { raw: { height: 4, width: 4, channels: 3 } });
  return small.resize({ height: SIDE, width: SIDE, fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
}

const originals = await Promise.all(Array.from({ length: COUNT }, (_, i) => blots(i)));
const labels = Uint8Array.from(originals, (_, i) => i % 2);
const setOf = (images: readonly Buffer[], ofImages = labels): ImageSet =>
  setInMemory(Buffer.concat(images), [SIDE, SIDE, 3], ofImages.slice(0, images.length));
const train = setOf(originals);
const found = (images: readonly Buffer[], ofImages = labels) => nearDuplicates(train, setOf(images, ofImages), 3);
const changed = (change: (image: Sharp) => Sharp) =>
  Promise.all(
    originals.map(async image => {
      const bytes = await change(sharp(image, { raw })).toBuffer();
      return sharp(bytes).resize({ height: SIDE, width: SIDE, fit: 'fill' }).removeAlpha().raw().toBuffer();
    }),
  );

test.each([
  ['compressed again', (image: Sharp) => image.jpeg({ quality: 40 })],
  ['enlarged and made smaller again', (image: Sharp) => image.resize(64, 64).png()],
  ['a little brighter', (image: Sharp) => image.linear(0.9, 20).png()],
])('%s: nearly all are found beside their originals', async (_, change) => {
  const near = found(await changed(change));
  expect(near.count).toBeGreaterThan(0.8 * COUNT);
  expect(near.otherClass).toBe(0);
  for (const [original, copy] of near.examples) expect(original).toBe(copy);
});

test('other images and mirror images are not near', async () => {
  expect(found(await Promise.all(originals.map((_, i) => blots(1000 + i)))).count).toBe(0);
  expect(found(await changed(image => image.flop().png())).count).toBe(0);
});

test('the same pixels are counted elsewhere', () => {
  expect(found(originals)).toEqual({ count: 0, otherClass: 0, examples: [] });
});

test('another class is said', async () => {
  const near = found(
    await changed(image => image.jpeg({ quality: 80 })),
    labels.map(label => 1 - label),
  );
  expect(near.otherClass).toBe(near.count);
  expect(near.count).toBeGreaterThan(0);
});

test('grey digits on black: one of other strokes is not near', () => {
  const bar = (x: number): Buffer =>
    Buffer.from(Uint8Array.from({ length: 28 * 28 }, (_, i) => (Math.abs((i % 28) - x) < 2 ? 255 : 0)));
  const setOfBars = (...bars: number[]) => setInMemory(Buffer.concat(bars.map(bar)), [28, 28, 1], new Uint8Array(9));
  expect(nearDuplicates(setOfBars(6), setOfBars(20), 1).count).toBe(0);
});

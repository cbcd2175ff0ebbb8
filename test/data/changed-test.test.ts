/** Test digits that are moved or deformed: by how much, always the same way, and nothing else of MNIST is touched. */
import { expect, test, vi } from 'vitest';
import type { DatasetDefinition, ImageSet } from '../../src/core/dataset.ts';

const SIDE = 28;
const IMAGES = 300;
const draw = (isInk: (y: number, x: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (isInk(Math.floor(i / SIDE), i % SIDE) ? 200 : 0));
const BAR = draw((y, x) => y >= 7 && y < 21 && x >= 13 && x < 15);

vi.mock('../../src/data/mnist.ts', () => {
  const set: ImageSet = {
    count: IMAGES,
    labels: new Uint8Array(IMAGES),
    image: () => ({ height: SIDE, width: SIDE, pixels: BAR }),
  };
  const loaded = { name: 'mnist', fingerprint: 'digits', classes: [], shape: [SIDE, SIDE, 1], train: set, test: set };
  return { default: { name: 'mnist', fingerprint: 'digits', load: async () => loaded } };
});
const { default: shifted } = await import('../../src/data/mnist-shifted.ts');
const { default: deformed } = await import('../../src/data/mnist-deformed.ts');

/** Ink, its middle, and its spread: the covariances of its places. */
function moments(pixels: Uint8Array) {
  const over = (of: (y: number, x: number) => number): number =>
    pixels.reduce((sum, ink, i) => sum + ink * of(Math.floor(i / SIDE), i % SIDE), 0);
  const ink = over(() => 1);
  const [y, x] = [over(y => y) / ink, over((_, x) => x) / ink];
  const [yy, xy] = [over(row => (row - y) ** 2) / ink, over((row, column) => (row - y) * (column - x)) / ink];
  return { ink, y, x, length: Math.sqrt(12 * yy), lean: xy / yy };
}

const pixelsOf = async (dataset: DatasetDefinition): Promise<Uint8Array[]> => {
  const { test } = await dataset.load({});
  return Array.from({ length: IMAGES }, (_, index) => test.image(index).pixels);
};

test.each([shifted, deformed])('$name: training digits stay, test digits are always the same', async dataset => {
  const { train, fingerprint } = await dataset.load({});
  expect(train.image(0).pixels).toEqual(BAR);
  expect(fingerprint).not.toBe('digits');
  expect(fingerprint).toBe(dataset.fingerprint);
  const once = await pixelsOf(dataset);
  expect(await pixelsOf(dataset)).toEqual(once);
  expect(new Set(once.map(pixels => pixels.join())).size).toBeGreaterThan(IMAGES / 3);
});

test('a shift is up to six pixels to each side, and loses no ink of what is in the middle', async () => {
  const seen = (await pixelsOf(shifted)).map(moments);
  const at = moments(BAR);
  for (const { ink } of seen) expect(ink).toBe(at.ink);
  for (const axis of ['y', 'x'] as const) {
    const moved = seen.map(one => Math.round(one[axis] - at[axis]));
    expect([Math.min(...moved), Math.max(...moved)]).toEqual([-6, 6]);
  }
});

test('a deformation keeps the middle, and bends a bar within its bounds', async () => {
  const seen = (await pixelsOf(deformed)).map(moments);
  for (const { y, x } of seen) expect(Math.hypot(y - 13.5, x - 13.5)).toBeLessThan(0.3);
  // Upright: turned by up to 30°, slanted by 0.3 for a pixel down; longer and shorter by up to √2, and by the turn.
  const leans = seen.map(({ lean }) => (Math.atan(lean) * 180) / Math.PI);
  const most = 30 + (Math.atan(0.3) * 180) / Math.PI;
  expect([Math.min(...leans), Math.max(...leans)].every(lean => Math.abs(lean) > 20 && Math.abs(lean) < most)).toBe(
    true,
  );
  const lengths = seen.map(({ length }) => length / 14);
  expect(Math.min(...lengths)).toBeGreaterThan(Math.SQRT1_2 * Math.cos(Math.PI / 6) - 0.1);
  expect(Math.max(...lengths)).toBeLessThan(Math.SQRT2 * 1.2);
  expect(Math.max(...lengths)).toBeGreaterThan(1.2);
});

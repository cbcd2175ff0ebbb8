/** Where windows lie: inside the picture, in the stated ranges, in every place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Augmentation } from '../../../src/core/input.ts';
import { stream } from '../../../src/core/random.ts';
import { SeekableStream } from '../../../src/data/augment/philox.ts';
import { placeWindow } from '../../../src/data/augment/place.ts';
import { type Size, sizeAtShorterSide } from '../../../src/data/augment/resample.ts';

const draws = new SeekableStream(stream(1, 'a test'));

const place = (index: number, stored: Size, size: number, ...augment: Augmentation[]) =>
  placeWindow(index, stored, augment, { shape: [size, size, 3], shorterSide: null }, draws);

const indices = Array.from({ length: 4000 }, (_, index) => index);
const side = fc.integer({ min: 8, max: 60 });
const stored = fc.record({ height: side, width: side });

test('without augmentation it is the middle', () => {
  expect(place(0, { height: 256, width: 340 }, 224)).toEqual({
    top: 16,
    left: 58,
    height: 224,
    width: 224,
    flip: false,
  });
  expect(place(0, { height: 9, width: 8 }, 8)).toMatchObject({ top: 0, left: 0 });
});

test('random crops lie in the picture and come to lie in every place', () => {
  fc.assert(
    fc.property(stored, fc.nat(1e6), fc.integer({ min: 1, max: 8 }), (picture, index, size) => {
      const { top, left, height, width } = place(index, picture, size, { kind: 'random-crop' });
      expect([height, width]).toEqual([size, size]);
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(top + size).toBeLessThanOrEqual(picture.height);
      expect(left + size).toBeLessThanOrEqual(picture.width);
    }),
  );
  const places = indices.map(index => place(index, { height: 10, width: 9 }, 8, { kind: 'random-crop' }));
  expect(new Set(places.map(({ top, left }) => `${top} ${left}`)).size).toBe(3 * 2);
});

test('padded crops leave the picture by at most the padding, and come to lie in all of the (2·4+1)² places', () => {
  const places = indices.map(index => place(index, { height: 32, width: 32 }, 32, { kind: 'pad-crop', pad: 4 }));
  expect(new Set(places.map(({ top, left }) => `${top} ${left}`)).size).toBe(81);
  expect(Math.min(...places.flatMap(({ top, left }) => [top, left]))).toBe(-4);
  expect(Math.max(...places.flatMap(({ top, left }) => [top, left]))).toBe(4);
});

test('half of the images are flipped, to five standard errors', () => {
  const share = indices.filter(index => place(index, { height: 8, width: 8 }, 8, { kind: 'flip' }).flip).length / 4000;
  expect(Math.abs(share - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(4000));
});

test('area crops have the stated shares of the area and of width to height, but for the rounding of their sides', () => {
  fc.assert(
    fc.property(stored, fc.nat(1e6), (picture, index) => {
      const area = [0.3, 0.5] as const;
      const aspect = [3 / 4, 4 / 3] as const;
      const { top, left, height, width } = place(index, picture, 8, { kind: 'area-crop', area, aspect });
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(top + height).toBeLessThanOrEqual(picture.height);
      expect(left + width).toBeLessThanOrEqual(picture.width);
      expect((width - 0.5) / (height + 0.5)).toBeLessThanOrEqual(4 / 3);
      expect((width + 0.5) / (height - 0.5)).toBeGreaterThanOrEqual(3 / 4);
      // Half of the area does not fit into a long narrow picture in ten tries: there it is the largest in the middle.
      const fits = Math.min(picture.width / picture.height, picture.height / picture.width) > 0.75;
      const pixels = picture.height * picture.width;
      if (fits) expect((width - 0.5) * (height - 0.5)).toBeLessThanOrEqual(0.5 * pixels);
      if (fits) expect((width + 0.5) * (height + 0.5)).toBeGreaterThanOrEqual(0.3 * pixels);
    }),
  );
});

test('areas are even over their range, upright and lying windows as likely', () => {
  const crop: Augmentation = { kind: 'area-crop', area: [0.2, 0.4], aspect: [1 / 2, 2] };
  const windows = indices.map(index => place(index, { height: 1000, width: 1000 }, 224, crop));
  const lower = windows.filter(({ height, width }) => height * width < 0.3e6).length / 4000;
  const lying = windows.filter(({ height, width }) => height < width).length / 4000;
  for (const share of [lower, lying]) expect(Math.abs(share - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(4000));
});

test('an area that never fits gives the largest window in the middle', () => {
  const whole: Augmentation = { kind: 'area-crop', area: [1, 1], aspect: [1, 1] };
  expect(place(3, { height: 10, width: 20 }, 8, whole)).toMatchObject({ top: 0, left: 5, height: 10, width: 10 });
});

test('the jittered side takes every value from … to, and the crop lies in the picture of that size', () => {
  const jitter: Augmentation = { kind: 'scale-jitter', from: 10, to: 14 };
  const sides = indices.map(index => {
    const window = place(index, { height: 30, width: 40 }, 10, jitter, { kind: 'random-crop' });
    const size = sizeAtShorterSide({ height: 30, width: 40 }, window.shorterSide as number);
    expect(window.top + window.height).toBeLessThanOrEqual(size.height);
    expect(window.left + window.width).toBeLessThanOrEqual(size.width);
    return window.shorterSide;
  });
  expect([...new Set(sides)].sort()).toEqual([10, 11, 12, 13, 14]);
});

test('a draw of one kind is the same whatever else is done to the image: arms stay paired', () => {
  const picture = { height: 40, width: 40 };
  const crop: Augmentation = { kind: 'random-crop' };
  for (const index of indices.slice(0, 100)) {
    const { flip, ...alone } = place(index, picture, 32, crop);
    expect(place(index, picture, 32, { kind: 'flip' }, crop)).toMatchObject(alone);
    expect(place(index, picture, 32, { kind: 'flip' }).flip).toBe(
      place(index, picture, 32, { kind: 'flip' }, crop).flip,
    );
    expect(flip).toBe(false);
  }
});

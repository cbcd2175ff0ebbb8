import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resample, sizeAtShorterSide } from '../../../src/data/augment/resample.ts';

interface ResizeCase {
  stored: [number, number];
  size: [number, number];
  channels: number;
  pixels: number[];
  columnsFirst: number[];
  direct: number[];
}

/** Written by scripts/augment-fixtures.py. */
const { resize } = JSON.parse(readFileSync('test/fixtures/augment.json', 'utf8')) as { resize: ResizeCase[] };

test.each(resize.map(c => [`${c.stored.join('×')}×${c.channels} → ${c.size.join('×')}`, c] as const))(
  "%s gives Pillow's bytes, and is within 1 of them where Pillow begins with the rows",
  (_, { stored, size, channels, pixels, columnsFirst, direct }) => {
    const out = new Uint8Array(direct.length);
    const [height, width] = size;
    const picture = { height: stored[0], width: stored[1], pixels: Uint8Array.from(pixels) };
    resample(picture, channels, { height, width }, { top: 0, left: 0, height, width }, out);
    expect([...out]).toEqual(columnsFirst);
    expect(Math.max(...direct.map((value, i) => Math.abs(value - (out[i] as number))))).toBeLessThanOrEqual(1);
  },
);

const side = fc.integer({ min: 1, max: 24 });

test('a part is the same as in the whole', () => {
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.nat(23),
      fc.nat(23),
      fc.nat(255),
      (h, w, height, width, top, left, noise) => {
        const picture = {
          height: h,
          width: w,
          pixels: Uint8Array.from({ length: 3 * h * w }, (_, i) => i * i + noise * i),
        };
        const whole = new Uint8Array(3 * height * width);
        resample(picture, 3, { height, width }, { top: 0, left: 0, height, width }, whole);
        const part = { top: top % height, left: left % width, height: 1, width: 1 };
        const out = new Uint8Array(3);
        resample(picture, 3, { height, width }, part, out);
        const at = 3 * (part.top * width + part.left);
        expect([...out]).toEqual([...whole.subarray(at, at + 3)]);
      },
    ),
  );
});

test('a picture of one colour stays one, black and white included', () => {
  fc.assert(
    fc.property(side, side, side, side, fc.nat(255), (h, w, height, width, colour) => {
      const out = new Uint8Array(height * width);
      const picture = { height: h, width: w, pixels: new Uint8Array(h * w).fill(colour) };
      resample(picture, 1, { height, width }, { top: 0, left: 0, height, width }, out);
      expect(out.every(value => value === colour)).toBe(true);
    }),
  );
});

test.each([
  [{ height: 256, width: 341 }, 256, { height: 256, width: 341 }],
  [{ height: 375, width: 500 }, 256, { height: 256, width: 341 }],
  [{ height: 500, width: 333 }, 384, { height: 576, width: 384 }],
  [{ height: 32, width: 32 }, 40, { height: 40, width: 40 }],
  [{ height: 9, width: 7 }, null, { height: 9, width: 7 }],
])('%j at shorter side %s is %j', (stored, shorterSide, expected) => {
  expect(sizeAtShorterSide(stored, shorterSide)).toEqual(expected);
});

/** Image files of a known content, made by sharp in a folder of the test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeEach } from 'vitest';
import { newFolder } from '../new-folder.ts';

/** Each test has a new folder. */
export function useImageFolder(): { root: () => string; put: (files: Record<string, Buffer | string>) => void } {
  let root: string;
  beforeEach(() => {
    root = newFolder();
  });
  const put = (files: Record<string, Buffer | string>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  };
  return { root: () => root, put };
}

/** `value` of red, other values of green and blue, rising along the rows. */
export function picture(value: number, height = 6, width = 5): Sharp {
  const pixels = Buffer.from(
    Array.from({ length: height * width * 3 }, (_, i) => (value + 60 * (i % 3) + 3 * Math.floor(i / 3)) % 256),
  );
  return sharp(pixels, { raw: { height, width, channels: 3 } });
}

export const png = (value: number, height?: number, width?: number): Promise<Buffer> =>
  picture(value, height, width).png().toBuffer();
export const jpeg = (value: number, height?: number, width?: number): Promise<Buffer> =>
  picture(value, height, width).jpeg({ quality: 95 }).toBuffer();
export const pixelsOf = (image: Sharp): Promise<Buffer> => image.raw().toBuffer();

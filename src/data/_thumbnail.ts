/** A picture as 9 × 8 greys and the signs of their differences: what stays the same when it is compressed or scaled again. */
import type { Picture } from '../core/dataset.ts';
import { resample } from './augment/resample.ts';

const SIZE = { height: 8, width: 9 } as const;
const AREA = { top: 0, left: 0, ...SIZE };

export const GREYS = SIZE.height * SIZE.width;

/** Writes the greys to `greys`. */
export function thumbnailOf(picture: Picture, channels: number, greys: Uint8Array): void {
  const bytes = new Uint8Array(GREYS * channels);
  resample(picture, channels, SIZE, AREA, bytes);
  for (let i = 0; i < GREYS; i++) greys[i] = channels === 3 ? greyOf(bytes, 3 * i) : (bytes[i] as number);
}

/** The difference hash (dHash): for each two neighbours in a row whether the right one is brighter, 32 bits above and 32 below. */
export function differenceHash(greys: Uint8Array): [upper: number, lower: number] {
  return [signsOf(greys, 0), signsOf(greys, SIZE.height / 2)];
}

/** ITU-R BT.601. */
const greyOf = (bytes: Uint8Array, i: number): number =>
  0.299 * (bytes[i] as number) + 0.587 * (bytes[i + 1] as number) + 0.114 * (bytes[i + 2] as number);

/** Of four rows, eight bits each. */
function signsOf(greys: Uint8Array, firstRow: number): number {
  let bits = 0;
  for (let y = firstRow; y < firstRow + SIZE.height / 2; y++)
    for (let i = y * SIZE.width; i < (y + 1) * SIZE.width - 1; i++)
      bits = (bits << 1) | Number((greys[i] as number) < (greys[i + 1] as number));
  return bits >>> 0;
}

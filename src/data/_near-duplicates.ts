/**
 * Test images that are nearly training images: the same picture compressed, enlarged or brightened again. Near means that the
 * difference hashes of the two differ in at most 2 of 64 bits, and that their 9 × 8 greys, brightness apart, differ by at most
 * 4 levels on average: digits on black have the same hash more often than they have the same strokes.
 */
import type { ImageSet } from '../core/dataset.ts';
import { differenceHash, GREYS, thumbnailOf } from './_thumbnail.ts';

const MOST_BITS = 2;
const MOST_LEVELS = 4;
const EXAMPLES = 20;

export interface NearDuplicates {
  /** Test images that have such a training image, without those whose pixels are a training image's. */
  count: number;
  /** Of these, with another class than the nearest training image. */
  otherClass: number;
  /** The first few: number of the nearest training image and of the test image. */
  examples: [train: number, test: number][];
}

export function nearDuplicates(train: ImageSet, test: ImageSet, channels: number): NearDuplicates {
  const known = new ThumbnailIndex(train, channels);
  const found: NearDuplicates = { count: 0, otherClass: 0, examples: [] };
  const greys = new Uint8Array(GREYS);
  for (let index = 0; index < test.count; index++) {
    thumbnailOf(test.image(index), channels, greys);
    const nearest = known.nearest(greys);
    if (nearest === undefined || isSamePicture(train, nearest, test, index)) continue;
    found.count++;
    if (train.labels[nearest] !== test.labels[index]) found.otherClass++;
    if (found.examples.length < EXAMPLES) found.examples.push([nearest, index]);
  }
  return found;
}

/** Of two hashes that differ in two bits, one of three parts is equal: candidates are found by their parts. */
const PARTS = 3;
const PART_VALUES = 2 ** 22;

class ThumbnailIndex {
  readonly #upper: Uint32Array;
  readonly #lower: Uint32Array;
  readonly #greys: Uint8Array;
  /** For each part and each of its values the last image that has it, and for each image the one before: −1, none. */
  readonly #last = Array.from({ length: PARTS }, () => new Int32Array(PART_VALUES).fill(-1));
  readonly #before: readonly Int32Array[];

  constructor(set: ImageSet, channels: number) {
    this.#upper = new Uint32Array(set.count);
    this.#lower = new Uint32Array(set.count);
    this.#greys = new Uint8Array(set.count * GREYS);
    this.#before = this.#last.map(() => new Int32Array(set.count));
    for (let index = 0; index < set.count; index++) {
      const greys = this.#greysOf(index);
      thumbnailOf(set.image(index), channels, greys);
      this.#add(index, differenceHash(greys));
    }
  }

  /** The image that differs least; of several, the last. */
  nearest(greys: Uint8Array): number | undefined {
    const [upper, lower] = differenceHash(greys);
    let nearest: number | undefined;
    let least = MOST_LEVELS;
    for (const [part, value] of partsOf(upper, lower).entries())
      for (let index = this.#last[part]?.[value] ?? -1; index >= 0; index = this.#before[part]?.[index] ?? -1) {
        if (bitsOf((this.#upper[index] as number) ^ upper) + bitsOf((this.#lower[index] as number) ^ lower) > MOST_BITS)
          continue;
        const levels = differenceOf(this.#greysOf(index), greys);
        if (levels > least) continue;
        [nearest, least] = [index, levels];
      }
    return nearest;
  }

  #add(index: number, [upper, lower]: readonly [number, number]): void {
    this.#upper[index] = upper;
    this.#lower[index] = lower;
    for (const [part, value] of partsOf(upper, lower).entries()) {
      const last = this.#last[part] as Int32Array;
      (this.#before[part] as Int32Array)[index] = last[value] as number;
      last[value] = index;
    }
  }

  #greysOf(index: number): Uint8Array {
    return this.#greys.subarray(index * GREYS, (index + 1) * GREYS);
  }
}

/** 22, 21 and 21 bits. */
const partsOf = (upper: number, lower: number): number[] => [
  upper >>> 10,
  ((upper & 0x3ff) << 11) | (lower >>> 21),
  lower & 0x1fffff,
];

/** Warren 2012, "Hacker's Delight", §5-1. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The mean deviation of the differences from their mean: brightness apart. */
function differenceOf(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < GREYS; i++) sum += (a[i] as number) - (b[i] as number);
  const brighter = sum / GREYS;
  let deviation = 0;
  for (let i = 0; i < GREYS; i++) deviation += Math.abs((a[i] as number) - (b[i] as number) - brighter);
  return deviation / GREYS;
}

/** `image` may overwrite what it gave before. */
function isSamePicture(train: ImageSet, a: number, test: ImageSet, b: number): boolean {
  const first = train.image(a);
  const pixels = Buffer.from(first.pixels);
  const second = test.image(b);
  return first.height === second.height && first.width === second.width && pixels.equals(second.pixels);
}

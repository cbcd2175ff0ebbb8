import { parseIdxSet } from '../../../src/data/_idx.ts';
import { mutated } from '../mutated.ts';
import type { FuzzTarget } from '../target.ts';

const SHAPE = [2, 3, 1] as const;
const IMAGES = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...new Array(12).fill(9)]);
const LABELS = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]);

/** Images and their labels, one behind the other. */
export default {
  inputs: mutated([Buffer.concat([IMAGES, LABELS])]),
  weight: 20,
  read(bytes) {
    const images = { bytes: bytes.subarray(0, IMAGES.length), where: 'images' };
    const labels = { bytes: bytes.subarray(IMAGES.length), where: 'labels' };
    return parseIdxSet(images, labels, SHAPE, 10);
  },
} satisfies FuzzTarget;

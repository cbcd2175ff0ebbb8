/** MNIST whose test digits stand out of their place. */
import type { Picture } from '../core/dataset.ts';
import type { Stream } from '../core/random.ts';
import { changedTest } from './_changed-test.ts';

/** Pixels to each side, every shift as likely. A digit's own margin is 4 on average: little of it is cut off. */
const FARTHEST = 6;

export default changedTest({
  name: 'mnist-shifted',
  title: 'MNIST, test digits shifted',
  settings: { farthest: FARTHEST },
  draws: 'shift',
  change: shifted,
});

function shifted({ height, width, pixels }: Picture, { below }: Stream): Uint8Array {
  const [down, right] = [shiftFrom(below), shiftFrom(below)];
  const moved = new Uint8Array(pixels.length);
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const from = (y - down) * width + Math.max(0, -right);
    const row = pixels.subarray(from, from + width - Math.abs(right));
    moved.set(row, y * width + Math.max(0, right));
  }
  return moved;
}

const shiftFrom = (below: (n: number) => number): number => below(2 * FARTHEST + 1) - FARTHEST;

/** MNIST whose test digits stand out of their place: what a net makes of a shift that it was never shown. */
import { defineDataset, type ImageSet } from '../core/dataset.ts';
import { hashOf } from '../core/ids.ts';
import { stream } from '../core/random.ts';
import mnist from './mnist.ts';

/** Pixels to each side, every shift as likely. A digit's own margin is 4 on average: little of it is cut off. */
const FARTHEST = 6;

const fingerprint = hashOf({ of: mnist.fingerprint, farthest: FARTHEST });

export default defineDataset({
  ...mnist,
  name: 'mnist-shifted',
  title: 'MNIST, test digits shifted',
  fingerprint,
  check: async () => ({ ...(await mnist.check()), name: 'mnist-shifted' }),
  load: async options => {
    const loaded = await mnist.load(options);
    return { ...loaded, name: 'mnist-shifted', fingerprint, test: shifted(loaded.test) };
  },
});

function shifted(set: ImageSet): ImageSet {
  return {
    ...set,
    image: index => {
      const draws = stream(0, 'shift', index);
      const [down, right] = [shiftFrom(draws.below), shiftFrom(draws.below)];
      const { height, width, pixels } = set.image(index);
      const moved = new Uint8Array(pixels.length);
      for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
        const from = (y - down) * width + Math.max(0, -right);
        const row = pixels.subarray(from, from + width - Math.abs(right));
        moved.set(row, y * width + Math.max(0, right));
      }
      return { height, width, pixels: moved };
    },
  };
}

const shiftFrom = (below: (n: number) => number): number => below(2 * FARTHEST + 1) - FARTHEST;

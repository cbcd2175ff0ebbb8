/** Exclusive or as pictures: two marks with noise around them, and whether exactly one of them is there. Made, not fetched. */
import { defineDataset, type ImageSet, setInMemory } from '../core/dataset.ts';
import { hashOf } from '../core/ids.ts';
import { stream } from '../core/random.ts';
import { momentsOf } from './_moments.ts';

const SIDE = 4;
/** Of the marks, in the pixels of a picture, row by row. */
const MARKS = [5, 10] as const;
const TRAIN_COUNT = 4000;
const TEST_COUNT = 2000;
const DARK = 64;
const BRIGHT = 192;
/** Standard deviation; the marks are four of them apart. */
const NOISE = 32;

const name = 'xor';
const shape = [SIDE, SIDE, 1] as const;
const classes = ['both or none', 'one'];
const fingerprint = hashOf({ name, SIDE, MARKS, TRAIN_COUNT, TEST_COUNT, DARK, BRIGHT, NOISE });

export default defineDataset({
  name,
  title: 'Exclusive or of two marks',
  source: 'Minsky & Papert 1969, Perceptrons: the case that one layer cannot learn',
  downloadBytes: 0,
  shape,
  classes,
  trainCount: TRAIN_COUNT,
  testCount: TEST_COUNT,
  fingerprint,
  fetch: async () => {},
  check: async () => ({ name, ready: true, detail: 'made when it is asked for' }),
  verify: async () => ({ files: 0, damaged: [], converted: {} }),
  load: async () => {
    const [train, test] = [made('train', TRAIN_COUNT), made('test', TEST_COUNT)];
    return { name, shape, classes, train, test, ...momentsOf(train, 1), fingerprint };
  },
});

function made(set: string, count: number): ImageSet {
  const draws = stream(0, `xor ${set}`);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const picture = pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    const marks = MARKS.map(() => draws.below(2));
    labels[i] = (marks[0] as number) ^ (marks[1] as number);
    for (let pixel = 0; pixel < picture.length; pixel++) {
      const isMarked = MARKS.some((mark, at) => mark === pixel && marks[at] === 1);
      picture[pixel] = Math.max(0, Math.min(255, Math.round((isMarked ? BRIGHT : DARK) + NOISE * draws.normal())));
    }
  }
  return setInMemory(pixels, shape, labels);
}

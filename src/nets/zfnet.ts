/**
 * ZFNet: Zeiler & Fergus, "Visualizing and Understanding Convolutional Networks", 2013, figure 3: AlexNet in one tower,
 * with a first layer that looks closer (7×7 every 2 pixels instead of 11×11 every 4).
 *
 * Departures. The renormalisation of first-layer filters is not done. The small form, for 28–32 px, has a first kernel of
 * 3×3, moves every convolution by one pixel and has fewer filters.
 */
import { type Convolution, defineStack, filtersAt, type Pooling, type StackOptions, stackOptions } from './_stack.ts';

type Stage = Pick<Convolution, 'kernel' | 'stride' | 'padding' | 'lrn'>;

/** Poolings follow convolutions 1, 2 and 5. Those that pad round sizes up, as figure 3 does. */
const POOLS: Record<number, Pooling> = {
  1: { pool: 'pool1', padding: 'same' },
  2: { pool: 'pool2', padding: 'same' },
  5: { pool: 'pool5', padding: 'valid' },
};
const FIRST: Record<StackOptions['form'], readonly Stage[]> = {
  paper: [
    { kernel: 7, stride: 2, padding: 1 },
    { kernel: 5, stride: 2, padding: 0 },
  ],
  small: [{ kernel: 3 }, { kernel: 5 }],
};
const LAST: readonly Stage[] = [{ kernel: 3 }, { kernel: 3 }, { kernel: 3 }];

export default [
  defineStack<StackOptions>({
    name: 'zfnet',
    family: 'zfnet',
    year: 2013,
    source: 'Zeiler & Fergus 2013, arXiv:1311.2901',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: {
      top5: {
        error: 0.148,
        models: 6,
        set: 'test',
        source: 'Zeiler & Fergus 2013, table 2; 16.5 % (val) with one net',
      },
    },
    paperInit: { kind: 'normal', std: 0.01 },
    options: stackOptions({
      norm: 'lrn',
      pooling: 'overlapping',
      hiddenSmall: 1024,
      filters: [
        [96, 256, 384, 384, 256],
        [32, 64, 96, 96, 64],
      ],
    }),
    steps: options => {
      const first = FIRST[options.form].map(stage => ({ ...stage, lrn: true }));
      return [...first, ...LAST].flatMap((stage, index) => {
        const pool = POOLS[index + 1];
        const conv = { ...stage, conv: `conv${index + 1}`, filters: filtersAt(options, index) };
        return pool ? [conv, pool] : [conv];
      });
    },
  }),
];

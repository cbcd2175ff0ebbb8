/**
 * VGG: Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", 2014, table 1.
 *
 * Departures. The paper draws weights with a *variance* of 10⁻² (`init` paper), which lets signals grow several times a
 * layer, and starts deeper nets from A; the default is Glorot's, which its §3.1 found to need no such start. The small
 * form, for 28–32 px, keeps every convolution and all five poolings (padded, so that 28 px survive them) and has fewer
 * filters and units.
 */
import type { NetDefinition } from '../core/net.ts';
import { type Convolution, defineStack, filtersAt, type Pooling, type StackOptions, stackOptions } from './_stack.ts';

interface Options extends StackOptions {
  kernel: keyof typeof MERGED;
}

/** Kernels of each of five stages, in digits; a pooling ends each. */
const CONFIGURATIONS = {
  a: '3 3 33 33 33',
  'a-lrn': '3 3 33 33 33',
  b: '33 33 33 33 33',
  c: '33 33 331 331 331',
  d: '33 33 333 333 333',
  e: '33 33 3333 3333 3333',
};

const ERROR_SOURCE = 'Simonyan & Zisserman 2014, table 3, S = 256; seven nets: 7.3 % (test)';

/** How many 3×3 convolutions one larger kernel stands for: it sees as far as they do together. */
const MERGED = { '3x3-stack': 1, '5x5': 2, '7x7': 3 } as const;

const OPTIONS = {
  ...stackOptions({
    init: 'glorot',
    pooling: 'max',
    filters: [
      [64, 128, 256, 512, 512],
      [16, 32, 64, 128, 128],
    ],
  }),
  kernel: {
    default: '3x3-stack',
    oneOf: Object.keys(MERGED),
    about: '5x5 in place of each two 3×3 of a stage, 7x7 in place of each three; what does not fill one stays',
  },
};

/** Errors of table 3. Parameters and MACs of torchvision's weights; it has no C, whose table 2 gives millions. */
export default [
  vgg('a', { parameters: 132_863_336, macs: 7.609e9, error: 0.104 }),
  vgg('a-lrn', { parameters: 132_863_336, macs: 7.609e9, error: 0.105 }),
  vgg('b', { parameters: 133_047_848, macs: 11.308e9, error: 0.099 }),
  vgg('c', { parameters: 134e6, error: 0.094 }),
  vgg('d', { parameters: 138_357_544, macs: 15.47e9, error: 0.088 }),
  vgg('e', { parameters: 143_667_240, macs: 19.632e9, error: 0.09 }),
];

interface Figures {
  parameters: number;
  macs?: number;
  error: number;
}

function vgg(letter: keyof typeof CONFIGURATIONS, { error, ...counts }: Figures): NetDefinition {
  return defineStack<Options>({
    name: `vgg-${letter}`,
    family: 'vgg',
    year: 2014,
    source: 'Simonyan & Zisserman 2014, arXiv:1409.1556',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: {
      ...counts,
      source: counts.macs ? 'torchvision, weights of vgg' : 'Simonyan & Zisserman 2014, table 2, in millions',
      top5: { error, models: 1, set: 'val', source: ERROR_SOURCE },
    },
    paperInit: { kind: 'normal', std: 0.1 },
    options: { ...OPTIONS, norm: { ...OPTIONS.norm, default: letter === 'a-lrn' ? 'lrn' : 'none' } },
    steps: options => CONFIGURATIONS[letter].split(' ').flatMap((digits, stage) => steps([...digits], stage, options)),
  });
}

/** LRN, where it is asked for, is behind the very first convolution. */
function steps(digits: readonly string[], stage: number, options: Options): (Convolution | Pooling)[] {
  const number = stage + 1;
  const convolutions = merge(digits.map(Number), MERGED[options.kernel]).map((kernel, i) => {
    return { conv: `conv${number}_${i + 1}`, filters: filtersAt(options, stage), kernel, lrn: number === 1 && i === 0 };
  });
  const whole = options.form === 'paper' && options.pooling !== 'overlapping';
  return [...convolutions, { pool: `pool${number}`, padding: whole ? 'valid' : 'same' }];
}

/** Each `count` 3×3 kernels in a row become one that sees as far; what is left over stays. */
function merge(kernels: readonly number[], count: number): number[] {
  if (kernels.length === 0) return [];
  const fits = kernels.length >= count && kernels.slice(0, count).every(kernel => kernel === 3);
  const [kernel, used] = fits ? [2 * count + 1, count] : [kernels[0] as number, 1];
  return [kernel, ...merge(kernels.slice(used), count)];
}

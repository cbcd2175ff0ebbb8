/**
 * AlexNet: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012, and
 * the one-tower net of Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014.
 *
 * Departures. The paper says 224 px, but its 55 × 55 maps need 227 px (the default here) or 224 px with `stemPadding` 2.
 * The two towers are groups of one convolution; LRN looks across the border between them. The small form, for 28–32 px,
 * keeps the five convolutions, the towers, LRN, overlapping pooling and dense layers that hold nine tenths of the
 * parameters; it has smaller kernels and fewer filters, pads its poolings so that all kinds give equal sizes, and starts
 * from He's deviations: with 0.01 everywhere, signals of so narrow a net nearly vanish under the biases of 1, and its loss
 * stays that of a guess for the first 60 steps on Fashion-MNIST, where with He's it falls from 2.4 to 1.3.
 */
import { type Convolution, defineStack, filtersAt, type Pooling, type StackOptions, stackOptions } from './_stack.ts';

interface Options extends StackOptions {
  towers: 'two' | 'half' | 'ungrouped';
  stemPadding: number;
  remove: string;
}

interface Stage extends Pick<Convolution, 'kernel' | 'bias' | 'lrn'> {
  /** Each tower sees its own maps only. */
  grouped?: boolean;
  pooled?: boolean;
}

/** §3.5, with the biases of §5. */
const STAGES: readonly Stage[] = [
  { kernel: 11, lrn: true, pooled: true },
  { kernel: 5, grouped: true, bias: 1, lrn: true, pooled: true },
  { kernel: 3 },
  { kernel: 3, grouped: true, bias: 1 },
  { kernel: 3, grouped: true, bias: 1, pooled: true },
];
/** Of the first convolution. */
const STEM = { paper: { kernel: 11, stride: 4 }, small: { kernel: 5, stride: 1 } };

const BASE = {
  family: 'alexnet',
  paperInit: { kind: 'normal', std: 0.01 } as const,
  hiddenBias: 1,
  steps: (options: Options) => STAGES.flatMap((stage, index) => steps(stage, index, options)),
};

const OPTIONS = {
  ...stackOptions({
    norm: 'lrn',
    pooling: 'overlapping',
    hiddenSmall: 1024,
    filters: [
      [96, 256, 384, 384, 256],
      [32, 96, 128, 128, 96],
    ],
  }),
  towers: {
    default: 'two',
    oneOf: ['two', 'half', 'ungrouped'],
    about:
      'two: convolutions 2, 4 and 5 see the maps of their half only; ungrouped: all; half: ungrouped, with half the ' +
      'filters in convolutions 1–4 (the one-GPU net of §3.2)',
  },
  stemPadding: {
    default: { byForm: { paper: 0, small: 2 } },
    minimum: 0,
    about: 'pixels around the image: 2 gives 55 × 55 maps at 224 px',
  },
  remove: {
    default: 'none',
    oneOf: ['none', 'conv1', 'conv2', 'conv3', 'conv4', 'conv5'],
    about: 'a convolution to leave out, with its nonlinearity and normalisation; its pooling stays (§7)',
  },
};

export default [
  defineStack({
    ...BASE,
    name: 'alexnet',
    year: 2012,
    source: 'Krizhevsky, Sutskever & Hinton 2012, NIPS',
    paperInput: { shape: [227, 227, 3], classes: 1000 },
    published: {
      parameters: 60e6,
      source: 'Krizhevsky et al. 2012, abstract: "60 million parameters"',
      counted:
        'the paper cuts 60.97 to 60 million. Its 650,000 neurons are 659,272 here, since its 253,440 units of layer 1 do ' +
        'not follow from 55 × 55 × 96; the 630 million connections of talks come with no rule, ours are weights and ' +
        'biases at each position',
      top5: { error: 0.164, models: 5, set: 'test', source: 'Krizhevsky et al. 2012, table 2; one net: 18.2 % (val)' },
    },
    options: OPTIONS,
  }),
  defineStack({
    ...BASE,
    name: 'alexnet-owt',
    year: 2014,
    source: 'Krizhevsky 2014, arXiv:1404.5997',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: { parameters: 61_100_840, macs: 0.71e9, source: 'torchvision, alexnet' },
    options: {
      ...OPTIONS,
      norm: { ...OPTIONS.norm, default: 'none' },
      towers: { ...OPTIONS.towers, default: 'ungrouped' },
      stemPadding: { ...OPTIONS.stemPadding, default: 2 },
      filters: {
        ...OPTIONS.filters,
        default: { byForm: { paper: [64, 192, 384, 256, 256], small: [24, 72, 128, 96, 96] } },
      },
    },
  }),
];

function steps(stage: Stage, index: number, options: Options): (Convolution | Pooling)[] {
  const number = index + 1;
  const { form, remove } = options;
  const padding = form === 'paper' ? 'valid' : 'same';
  return [
    ...(remove === `conv${number}` ? [] : [convolution(stage, number, options)]),
    ...(stage.pooled ? [{ pool: `pool${number}`, padding } as const] : []),
  ];
}

/** The image has no towers: the first convolution that is left sees all of it. */
function convolution({ grouped, pooled: _, ...stage }: Stage, number: number, options: Options): Convolution {
  const { form, towers, stemPadding, remove } = options;
  const first = number === (remove === 'conv1' ? 2 : 1);
  const all = filtersAt(options, number - 1);
  return {
    ...stage,
    ...(number === 1 && { ...STEM[form], padding: stemPadding }),
    conv: `conv${number}`,
    filters: towers === 'half' && number < STAGES.length ? Math.ceil(all / 2) : all,
    groups: towers === 'two' && grouped && !first ? 2 : 1,
  };
}

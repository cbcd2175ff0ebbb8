/**
 * AlexNet: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012, and
 * the one-tower net of Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014.
 *
 * Departures. The paper says 224 px, but its 55 × 55 maps need 227 px (the default here) or 224 px with `stemPadding` 2.
 * The two towers are groups of one convolution; LRN looks across the border between them. The small form, for 28–32 px,
 * keeps the five convolutions, the towers, LRN, overlapping pooling and dense layers that hold nine tenths of the
 * parameters; it has smaller kernels and fewer filters, pads its poolings so that both kinds give equal sizes, and starts
 * from He's deviations: with 0.01 everywhere, signals of so narrow a net nearly vanish under the biases of 1, and its loss
 * stays that of a guess for the first 60 steps on Fashion-MNIST, where with He's it falls from 2.4 to 1.3.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import { input, pool } from './_layers.ts';
import { initialiser, STACK_OPTIONS, type StackOptions, stackHead, stackUnit } from './_plain-stack.ts';

interface Options extends StackOptions {
  form: 'paper' | 'small';
  filters: number[];
  kernels: 'all' | 'half';
  groups: number;
  pooling: 'overlapping' | '2x2';
  poolType: 'max' | 'average';
  stemPadding: number;
  remove: string;
}

interface Stage {
  kernel: { paper: number; small: number };
  stride: { paper: number; small: number };
  /** Each tower sees its own maps only. */
  grouped: boolean;
  /** First biases, §5. */
  bias: number;
  normalised: boolean;
  pooled: boolean;
}

/** §3.5. */
const STAGES: readonly Stage[] = [
  { kernel: both(11, 5), stride: both(4, 1), grouped: false, bias: 0, normalised: true, pooled: true },
  { kernel: both(5, 5), stride: both(1, 1), grouped: true, bias: 1, normalised: true, pooled: true },
  { kernel: both(3, 3), stride: both(1, 1), grouped: false, bias: 0, normalised: false, pooled: false },
  { kernel: both(3, 3), stride: both(1, 1), grouped: true, bias: 1, normalised: false, pooled: false },
  { kernel: both(3, 3), stride: both(1, 1), grouped: true, bias: 1, normalised: false, pooled: true },
];
const PAPER_INIT = { kind: 'normal', std: 0.01 } as const;
const PAPER_INPUT: NetInput = { shape: [227, 227, 3], classes: 1000 };

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's ImageNet form, or the one for 28–32 px" },
  ...STACK_OPTIONS,
  norm: { ...STACK_OPTIONS.norm, default: 'lrn' },
  init: { ...STACK_OPTIONS.init, default: { byForm: { paper: 'paper', small: 'he' } } },
  hidden: { ...STACK_OPTIONS.hidden, default: { byForm: { paper: [4096, 4096], small: [1024, 1024] } } },
  filters: {
    default: { byForm: { paper: [96, 256, 384, 384, 256], small: [32, 96, 128, 128, 96] } },
    minimum: 1,
    about: 'filters of each convolution, both towers together',
  },
  kernels: {
    default: 'all',
    oneOf: ['all', 'half'],
    about: 'half: half the filters in convolutions 1–4 (with groups 1: the one-GPU net of §3.2)',
  },
  groups: { default: 2, minimum: 1, about: 'towers of convolutions 2, 4 and 5; 1: every filter sees all maps' },
  pooling: { default: 'overlapping', oneOf: ['overlapping', '2x2'], about: 'overlapping: 3×3 every 2 pixels' },
  poolType: { default: 'max', oneOf: ['max', 'average'], about: 'what a pooling takes of its window' },
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

/** The towers merged, fewer filters, no LRN, 224 px. */
const ONE_WEIRD_TRICK: Record<string, OptionSpec> = {
  ...OPTIONS,
  norm: { ...OPTIONS.norm, default: 'none' },
  groups: { ...OPTIONS.groups, default: 1 },
  stemPadding: { ...OPTIONS.stemPadding, default: 2 },
  filters: {
    ...OPTIONS.filters,
    default: { byForm: { paper: [64, 192, 384, 256, 256], small: [24, 72, 128, 96, 96] } },
  },
};

export default [
  defineNet({
    name: 'alexnet',
    family: 'alexnet',
    year: 2012,
    source: 'Krizhevsky, Sutskever & Hinton 2012, NIPS',
    paperInput: PAPER_INPUT,
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
    build: (options, given) => build(options as unknown as Options, given),
  }),
  defineNet({
    name: 'alexnet-owt',
    family: 'alexnet',
    year: 2014,
    source: 'Krizhevsky 2014, arXiv:1404.5997',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: { parameters: 61_100_840, macs: 0.71e9, source: 'torchvision, alexnet' },
    options: ONE_WEIRD_TRICK,
    build: (options, given) => build(options as unknown as Options, given),
  }),
];

function build(options: Options, { shape, classes }: NetInput): Layer {
  let x = input(shape);
  STAGES.forEach((stage, i) => {
    x = buildStage(x, i + 1, stage, options);
  });
  const bias = options.init === 'paper' ? 1 : 0;
  return stackHead(x, { ...options, classes, paperInit: PAPER_INIT, bias, first: STAGES.length + 1 });
}

function buildStage(x: Layer, number: number, stage: Stage, options: Options): Layer {
  const y = options.remove === `conv${number}` ? x : convolution(x, number, stage, options);
  if (!stage.pooled) return y;
  const { form, pooling, poolType: type } = options;
  const padding = form === 'paper' ? 'valid' : 'same';
  return pool(`pool${number}`, y, { type, size: pooling === 'overlapping' ? 3 : 2, stride: 2, padding });
}

function convolution(x: Layer, number: number, stage: Stage, options: Options): Layer {
  const { form, filters, kernels, groups, norm, activation, init, stemPadding, remove } = options;
  const first = number === (remove === 'conv1' ? 2 : 1);
  const all = filters[number - 1] ?? (filters.at(-1) as number);
  return stackUnit(`conv${number}`, x, {
    filters: kernels === 'half' && number < STAGES.length ? Math.ceil(all / 2) : all,
    kernel: stage.kernel[form],
    stride: stage.stride[form],
    ...(number === 1 && { padding: stemPadding }),
    groups: stage.grouped && !first ? groups : 1,
    bias: init === 'paper' ? stage.bias : 0,
    init: initialiser(init, PAPER_INIT),
    norm: norm === 'lrn' && !stage.normalised ? 'none' : norm,
    activation,
  });
}

function both(paper: number, small: number): { paper: number; small: number } {
  return { paper, small };
}

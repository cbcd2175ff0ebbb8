/**
 * ZFNet: Zeiler & Fergus, "Visualizing and Understanding Convolutional Networks", 2013, figure 3: AlexNet in one tower,
 * with a first layer that looks closer (7×7 every 2 pixels instead of 11×11 every 4).
 *
 * Departures. The renormalisation of first-layer filters is not done. The small form, for 28–32 px, has a first kernel of
 * 3×3, moves every convolution by one pixel and has fewer filters.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec, type Padding } from '../core/net.ts';
import { input, pool } from './_layers.ts';
import { initialiser, STACK_OPTIONS, type StackOptions, stackHead, stackUnit } from './_plain-stack.ts';

interface Options extends StackOptions {
  form: 'paper' | 'small';
  filters: number[];
}

interface Stage {
  kernel: number;
  stride: number;
  padding: number;
  normalised?: boolean;
  /** Padding of the 3×3 pooling that follows; SAME rounds sizes up, as figure 3 does. */
  pool?: Padding;
}

const LAST: readonly Stage[] = [
  { kernel: 3, stride: 1, padding: 1 },
  { kernel: 3, stride: 1, padding: 1 },
  { kernel: 3, stride: 1, padding: 1, pool: 'valid' },
];
const STAGES: Record<Options['form'], readonly Stage[]> = {
  paper: [
    { kernel: 7, stride: 2, padding: 1, normalised: true, pool: 'same' },
    { kernel: 5, stride: 2, padding: 0, normalised: true, pool: 'same' },
    ...LAST,
  ],
  small: [
    { kernel: 3, stride: 1, padding: 1, normalised: true, pool: 'same' },
    { kernel: 5, stride: 1, padding: 2, normalised: true, pool: 'same' },
    ...LAST,
  ],
};
const PAPER_INIT = { kind: 'normal', std: 0.01 } as const;

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's ImageNet form, or the one for 28–32 px" },
  ...STACK_OPTIONS,
  norm: { ...STACK_OPTIONS.norm, default: 'lrn' },
  init: { ...STACK_OPTIONS.init, default: { byForm: { paper: 'paper', small: 'he' } } },
  hidden: { ...STACK_OPTIONS.hidden, default: { byForm: { paper: [4096, 4096], small: [1024, 1024] } } },
  filters: {
    default: { byForm: { paper: [96, 256, 384, 384, 256], small: [32, 64, 96, 96, 64] } },
    minimum: 1,
    about: 'filters of each convolution',
  },
};

export default [
  defineNet({
    name: 'zfnet',
    family: 'zfnet',
    year: 2013,
    source: 'Zeiler & Fergus 2013, arXiv:1311.2901',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: {
      top5: {
        error: 0.117,
        models: 'several',
        set: 'test',
        source: "Clarifai's entry of 2013 by the same author; Zeiler & Fergus, table 2: 16.5 % (val) with one net",
      },
    },
    options: OPTIONS,
    build: (options, given) => build(options as unknown as Options, given),
  }),
];

function build(options: Options, { shape, classes }: NetInput): Layer {
  const stages = STAGES[options.form];
  let x = input(shape);
  stages.forEach((stage, i) => {
    x = buildStage(x, i + 1, stage, options);
  });
  return stackHead(x, { ...options, classes, paperInit: PAPER_INIT, first: stages.length + 1 });
}

function buildStage(x: Layer, number: number, stage: Stage, options: Options): Layer {
  const { filters, norm, activation, init } = options;
  const { kernel, stride, padding } = stage;
  const y = stackUnit(`conv${number}`, x, {
    filters: filters[number - 1] ?? (filters.at(-1) as number),
    kernel,
    stride,
    padding,
    bias: true,
    init: initialiser(init, PAPER_INIT),
    norm: norm === 'lrn' && !stage.normalised ? 'none' : norm,
    activation,
  });
  return stage.pool ? pool(`pool${number}`, y, { type: 'max', size: 3, stride: 2, padding: stage.pool }) : y;
}

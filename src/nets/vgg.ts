/**
 * VGG: Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", 2014, table 1.
 *
 * Departures. The paper draws weights with a *variance* of 10⁻² (`init` paper), which lets signals grow several times a
 * layer, and starts deeper nets from A; the default is Glorot's, which its §3.1 found to need no such start. The small
 * form, for 28–32 px, keeps every convolution and all five poolings (padded, so that 28 px survive them) and has fewer
 * filters and units.
 */
import { defineNet, type Layer, type NetDefinition, type NetInput, type OptionSpec } from '../core/net.ts';
import { input, pool } from './_layers.ts';
import { initialiser, STACK_OPTIONS, type StackOptions, stackHead, stackUnit } from './_plain-stack.ts';

interface Options extends StackOptions {
  form: 'paper' | 'small';
  filters: number[];
  stack: keyof typeof MERGED;
}

/** Kernels of each stage; a pooling ends each. */
type Stages = readonly (readonly number[])[];

const A: Stages = [[3], [3], [3, 3], [3, 3], [3, 3]];
const B: Stages = [
  [3, 3],
  [3, 3],
  [3, 3],
  [3, 3],
  [3, 3],
];
const C: Stages = [
  [3, 3],
  [3, 3],
  [3, 3, 1],
  [3, 3, 1],
  [3, 3, 1],
];
const D: Stages = [
  [3, 3],
  [3, 3],
  [3, 3, 3],
  [3, 3, 3],
  [3, 3, 3],
];
const E: Stages = [
  [3, 3],
  [3, 3],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
];

const ERROR_SOURCE = 'Simonyan & Zisserman 2014, table 3, S = 256; seven nets: 7.3 % (test)';

/** How many 3×3 convolutions one larger kernel stands for: it sees as far as they do together. */
const MERGED = { '3x3': 1, '5x5': 2, '7x7': 3 } as const;
const PAPER_INIT = { kind: 'normal', std: 0.1 } as const;
const IMAGENET: NetInput = { shape: [224, 224, 3], classes: 1000 };

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's ImageNet form, or the one for 28–32 px" },
  ...STACK_OPTIONS,
  norm: { ...STACK_OPTIONS.norm, about: 'lrn: behind the first convolution, batch: in all convolutions' },
  init: { ...STACK_OPTIONS.init, default: { byForm: { paper: 'glorot', small: 'he' } } },
  filters: {
    default: { byForm: { paper: [64, 128, 256, 512, 512], small: [16, 32, 64, 128, 128] } },
    minimum: 1,
    about: 'filters of each stage',
  },
  stack: {
    default: '3x3',
    oneOf: Object.keys(MERGED),
    about: '5x5 in place of each two 3×3 of a stage, 7x7 in place of each three',
  },
};

/** Errors of table 3. Parameters and MACs of torchvision's weights; it has no C, whose table 2 gives millions. */
export default [
  vgg('a', A, { parameters: 132_863_336, macs: 7.609e9, error: 0.104 }),
  vgg('a-lrn', A, { parameters: 132_863_336, macs: 7.609e9, error: 0.105 }, { norm: 'lrn' }),
  vgg('b', B, { parameters: 133_047_848, macs: 11.308e9, error: 0.099 }),
  vgg('c', C, { parameters: 134e6, error: 0.094 }),
  vgg('d', D, { parameters: 138_357_544, macs: 15.47e9, error: 0.088 }),
  vgg('e', E, { parameters: 143_667_240, macs: 19.632e9, error: 0.09 }),
];

interface Figures {
  parameters: number;
  macs?: number;
  error: number;
}

function vgg(letter: string, stages: Stages, figures: Figures, defaults: Partial<Options> = {}): NetDefinition {
  const { error, ...counts } = figures;
  const norm = { ...OPTIONS.norm, default: defaults.norm ?? 'none' };
  return defineNet({
    name: `vgg-${letter}`,
    family: 'vgg',
    year: 2014,
    source: 'Simonyan & Zisserman 2014, arXiv:1409.1556',
    paperInput: IMAGENET,
    published: {
      ...counts,
      source: counts.macs ? 'torchvision, weights of vgg' : 'Simonyan & Zisserman 2014, table 2, in millions',
      top5: { error, models: 1, set: 'val', source: ERROR_SOURCE },
    },
    options: { ...OPTIONS, norm },
    build: (options, given) => build(stages, options as unknown as Options, given),
  });
}

function build(stages: Stages, options: Options, { shape, classes }: NetInput): Layer {
  let x = input(shape);
  stages.forEach((kernels, i) => {
    x = buildStage(x, i + 1, merge(kernels, MERGED[options.stack]), options);
  });
  // Dense layers have the same names in A to E, so that equal seeds start them alike.
  return stackHead(x, { ...options, classes, paperInit: PAPER_INIT, first: stages.length + 1 });
}

function buildStage(x: Layer, stage: number, kernels: readonly number[], options: Options): Layer {
  const { form, filters, norm, activation, init } = options;
  let y = x;
  kernels.forEach((kernel, i) => {
    const first = stage === 1 && i === 0;
    y = stackUnit(`conv${stage}_${i + 1}`, y, {
      filters: filters[stage - 1] ?? (filters.at(-1) as number),
      kernel,
      bias: true,
      init: initialiser(init, PAPER_INIT),
      norm: norm === 'lrn' && !first ? 'none' : norm,
      activation,
    });
  });
  return pool(`pool${stage}`, y, { type: 'max', size: 2, stride: 2, padding: form === 'paper' ? 'valid' : 'same' });
}

/** Each `count` 3×3 kernels in a row become one that sees as far; what is left over stays. */
function merge(kernels: readonly number[], count: number): number[] {
  if (kernels.length === 0) return [];
  const fits = kernels.length >= count && kernels.slice(0, count).every(kernel => kernel === 3);
  const [kernel, used] = fits ? [2 * count + 1, count] : [kernels[0] as number, 1];
  return [kernel, ...merge(kernels.slice(used), count)];
}

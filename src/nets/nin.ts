/**
 * Network in Network: Lin, Chen & Yan 2013, figure 2, for CIFAR-10: three convolutions, each followed by two 1×1 layers
 * (an "mlpconv"), and the mean of one feature map a class in place of dense layers.
 *
 * Departures. Filters and the kind of pooling are those of the authors' published configuration, as the paper gives none.
 * The paper's form already takes 32 px; the small form has a third of the filters, for 28–32 px.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import { batchNorm, conv, dense, dropout, flatten, globalAveragePool, input, pool, relu } from './_layers.ts';
import { type InitName, initialiser, STACK_OPTIONS } from './_plain-stack.ts';

interface Options {
  form: 'paper' | 'small';
  filters: number[];
  mlpconv: boolean;
  head: 'gap' | 'fc' | 'fc+dropout';
  norm: 'none' | 'batch';
  dropout: number;
  init: InitName;
}

const KERNELS = [5, 5, 3] as const;
const POOLS = ['max', 'average'] as const;
const PAPER_INIT = { kind: 'normal', std: 0.05 } as const;

const OPTIONS: Record<keyof Options, OptionSpec> = {
  form: { default: 'paper', oneOf: ['paper', 'small'], about: "the paper's CIFAR form, or a cheaper one for 28–32 px" },
  filters: {
    default: { byForm: { paper: [192, 160, 96, 192, 192, 192, 192, 192], small: [64, 56, 32, 64, 64, 64, 64, 64] } },
    minimum: 1,
    about: 'filters of the nine layers but the last, which has one for each class',
  },
  mlpconv: { default: true, oneOf: [true, false], about: 'false: without the 1×1 layers behind each convolution' },
  head: {
    default: 'gap',
    oneOf: ['gap', 'fc', 'fc+dropout'],
    about: 'what reads the class maps: their means, or a dense layer (table 5)',
  },
  norm: { default: 'none', oneOf: ['none', 'batch'], about: 'batch: before each ReLU but the last' },
  dropout: { default: 0.5, minimum: 0, maximum: 0.95, real: true, about: 'rate behind the first two poolings' },
  init: { ...STACK_OPTIONS.init, default: { byForm: { paper: 'paper', small: 'he' } } },
};

export default [
  defineNet({
    name: 'nin',
    family: 'nin',
    year: 2013,
    source: 'Lin, Chen & Yan 2013, arXiv:1312.4400',
    paperInput: { shape: [32, 32, 3], classes: 10 },
    published: { parameters: 966_986, macs: 222_486_528, source: 'imgclsmob, nin_cifar10' },
    options: OPTIONS,
    build: (options, given) => build(options as unknown as Options, given),
  }),
];

function build(options: Options, { shape, classes }: NetInput): Layer {
  let x = input(shape);
  KERNELS.forEach((kernel, block) => {
    x = buildBlock(x, block, kernel, options, classes);
    const type = POOLS[block];
    if (!type) return;
    const pooled = pool(`pool${block + 1}`, x, { type, size: 3, stride: 2, padding: 'same' });
    x = dropout(`pool${block + 1}.dropout`, pooled, options.dropout);
  });
  return buildHead(x, options, classes);
}

/** A convolution and its 1×1 layers. The very last of these makes the class maps, with mlpconv or without. */
function buildBlock(x: Layer, block: number, kernel: number, options: Options, classes: number): Layer {
  const { filters, mlpconv } = options;
  let y = x;
  for (let i = 0; i < 3; i++) {
    const last = block === KERNELS.length - 1 && i === 2;
    if (i > 0 && !mlpconv && !last) continue;
    const name = i === 0 ? `conv${block + 1}` : `conv${block + 1}.mlp${i}`;
    const count = last ? classes : (filters[3 * block + i] ?? (filters.at(-1) as number));
    y = unit(name, y, { filters: count, kernel: i === 0 ? kernel : 1 }, options, last);
  }
  return y;
}

/** Eq. 2 has a ReLU behind every layer, the last one included. */
function unit(
  name: string,
  x: Layer,
  shape: { filters: number; kernel: number },
  options: Options,
  last: boolean,
): Layer {
  const normalised = options.norm === 'batch' && !last;
  const y = conv(name, x, { ...shape, bias: !normalised, init: initialiser(options.init, PAPER_INIT) });
  return relu(`${name}.relu`, normalised ? batchNorm(`${name}.norm`, y) : y);
}

function buildHead(x: Layer, { head, init }: Options, classes: number): Layer {
  if (head === 'gap') return globalAveragePool('gap', x);
  const maps = dropout('flatten.dropout', flatten('flatten', x), head === 'fc' ? 0 : 0.5);
  return dense('fc', maps, { units: classes, init: initialiser(init, PAPER_INIT) });
}

/** Nets that are one stack of convolutions and poolings with a head on top: AlexNet, ZFNet, VGG, Network in Network. */
import type { Json } from '../core/ids.ts';
import {
  defineNet,
  type Initialiser,
  type Layer,
  type NetDefinition,
  type OptionSpec,
  type Padding,
} from '../core/net.ts';
import { dense, dropout, flatten, globalAveragePool, input, lrn, type PoolOptions, pool } from './_layers.ts';
import { byForm, option } from './_options.ts';
import { activate, classifier, convUnit, hasBatchNorm, hasLrn, initialiserOf, type Style } from './_style.ts';
import { widen, widthAt } from './_width.ts';

export interface StackOptions extends Style {
  form: 'paper' | 'small';
  filters: number[];
  width: number;
  pooling: keyof typeof POOLINGS | 'paper';
  head: 'fc' | 'gap';
  hidden: number[];
  dropout: number;
}

export interface Convolution {
  conv: string;
  filters: number;
  kernel: number;
  stride?: number;
  padding?: Padding;
  groups?: number;
  /** First biases with `init` paper; 0 with others. */
  bias?: number;
  /** LRN behind its nonlinearity, with `norm` lrn. */
  lrn?: boolean;
  /** Batch normalisation with `norm` batch; true if absent. */
  batch?: boolean;
}

export interface Pooling {
  pool: string;
  padding: Padding;
  /** With `pooling` paper. */
  paper?: Pick<PoolOptions, 'type' | 'size'>;
  /** Rate behind it. */
  dropout?: number;
}

type Step = Convolution | Pooling;

/** What a net of this kind says of itself. */
interface StackNet<Options> extends Omit<NetDefinition, 'build'> {
  paperInit: Initialiser;
  /** Of the hidden dense layers, with `init` paper. */
  hiddenBias?: number;
  steps(options: Options, classes: number): readonly Step[];
  /** In place of `fc6`, `fc7` and `fc8`. */
  headOf?(x: Layer, options: Options, classes: number): Layer;
}

const POOLINGS = {
  max: { type: 'max', size: 2 },
  avg: { type: 'average', size: 2 },
  overlapping: { type: 'max', size: 3 },
} as const;
/** Of AlexNet's first dense layer, which ZFNet's and VGG's nets follow. */
const FIRST_DENSE = 6;

interface Defaults {
  norm?: Json;
  init?: Json;
  pooling: Json;
  filters: readonly [paper: number[], small: number[]];
  hiddenSmall?: number;
}

export function stackOptions({ norm = 'none', init = 'paper', pooling, filters, hiddenSmall = 512 }: Defaults) {
  return {
    form: option('form', 'paper'),
    norm: option('norm', norm, { about: 'lrn: behind the nonlinearity, batch: before it' }),
    activation: option('activation', 'relu'),
    init: option('init', byForm(init, 'he')),
    pooling: option('pooling', pooling, { levels: ['max', 'avg', 'overlapping'] }),
    head: option('head', 'fc'),
    hidden: option('hidden', byForm([4096, 4096], [hiddenSmall, hiddenSmall])),
    dropout: option('dropout', 0.5, { about: 'behind each hidden dense layer' }),
    filters: option('filters', byForm(...filters)),
    width: option('width', 1),
  } satisfies Record<string, OptionSpec>;
}

export function defineStack<Options extends StackOptions>(net: StackNet<Options>): NetDefinition {
  const { paperInit, hiddenBias = 0, steps, headOf, ...definition } = net;
  return defineNet({
    ...definition,
    build: (given, { shape, classes }) => {
      const options = { ...given, paperInit } as unknown as Options;
      const build = (x: Layer, step: Step) =>
        'conv' in step ? convolution(x, step, options) : pooling(x, step, options);
      const maps = steps(options, classes).reduce(build, input(shape));
      return headOf?.(maps, options, classes) ?? denseHead(maps, { ...options, classes, hiddenBias });
    },
  });
}

/** Filters of convolution `index`, by the options `filters` and `width`. */
export function filtersAt({ filters, width }: StackOptions, index: number): number {
  return widthAt(filters, index, width);
}

function convolution(x: Layer, step: Convolution, options: StackOptions): Layer {
  const { conv: name, lrn: normalised = false, batch = true, bias = 0, ...shape } = step;
  const norm = hasBatchNorm(options.norm) && batch ? 'batch' : 'none';
  const first = options.init === 'paper' ? bias : 0;
  const y = convUnit(name, x, { ...shape, bias: first }, { ...options, norm }, name);
  return normalised && hasLrn(options.norm) ? lrn(`${name}.lrn`, y) : y;
}

function pooling(x: Layer, { pool: name, padding, paper, dropout: rate = 0 }: Pooling, options: StackOptions): Layer {
  const window = options.pooling === 'paper' ? paper : POOLINGS[options.pooling];
  const y = pool(name, x, { ...(window ?? POOLINGS.max), stride: 2, padding });
  return dropout(`${name}.dropout`, y, rate);
}

/** From feature maps to logits: `fc6`, `fc7`, `fc8`, or the mean of each map and `fc6`. */
function denseHead(x: Layer, options: StackOptions & { classes: number; hiddenBias: number }): Layer {
  const { head, hidden, width, classes } = options;
  if (head === 'gap') return classifier(`fc${FIRST_DENSE}`, globalAveragePool('gap', x), classes, options);
  const bias = options.init === 'paper' ? options.hiddenBias : 0;
  const hiddenLayer = (y: Layer, units: number, i: number): Layer => {
    const name = `fc${FIRST_DENSE + i}`;
    const z = dense(name, y, { units: widen(units, width), bias, init: initialiserOf(options) });
    return dropout(`${name}.dropout`, activate(name, z, options), options.dropout);
  };
  const features = hidden.reduce(hiddenLayer, flatten('flatten', x));
  return classifier(`fc${FIRST_DENSE + hidden.length}`, features, classes, options);
}

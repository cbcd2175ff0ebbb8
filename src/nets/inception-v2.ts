/**
 * BN-Inception: Ioffe & Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
 * Covariate Shift", 2015 (figure 5): GoogLeNet with two 3×3 for each 5×5, strides in modules instead of some poolings,
 * batch norm, neither LRN nor dropout nor auxiliary heads.
 *
 * The table's filters do not add up to its outputs: 4c and 4d give 608 channels, not 576, and 4e 1,056, not 1,024. The
 * filters count here, as in the published weights. Those (imgclsmob's, from Caffe: 11,295,240) have convolution biases
 * beside batch norm: `convBias` true counts to them; the default has none.
 *
 * Departures. The first convolution is an ordinary 7×7, where the paper's is separable with depth multiplier 8. The
 * small form, for 28–32 px, has a 3×3 stem without pooling, three sixteenths of the filters and the modules 3a, 3c, 4a,
 * 4e and 5b.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import {
  average,
  chain,
  conv,
  type FiveByFive,
  fiveByFive,
  fiveByFiveOption,
  head,
  type InceptionOptions,
  inceptionOptions,
  type Modules,
  max,
  parallel,
  readOptions,
  run,
  type Step,
  stemLrn,
} from './_inception.ts';

interface Options extends InceptionOptions {
  fiveByFive: FiveByFive;
  convBias: boolean;
}

/** Filters of a module: 1×1; reduction and 3×3; reduction and double 3×3; behind the pooling. */
interface Row {
  one?: number;
  three: readonly [number, number];
  double: readonly [number, number];
  pool?: readonly ['average' | 'max', number];
}

/** Figure 5. Without `one` and `pool`: stride 2, and max pooling that passes its input on. */
const MODULES: Record<string, Row> = {
  '3a': { one: 64, three: [64, 64], double: [64, 96], pool: ['average', 32] },
  '3b': { one: 64, three: [64, 96], double: [64, 96], pool: ['average', 64] },
  '3c': { three: [128, 160], double: [64, 96] },
  '4a': { one: 224, three: [64, 96], double: [96, 128], pool: ['average', 128] },
  '4b': { one: 192, three: [96, 128], double: [96, 128], pool: ['average', 128] },
  '4c': { one: 160, three: [128, 160], double: [128, 160], pool: ['average', 128] },
  '4d': { one: 96, three: [128, 192], double: [160, 192], pool: ['average', 128] },
  '4e': { three: [128, 192], double: [192, 256] },
  '5a': { one: 352, three: [192, 320], double: [160, 224], pool: ['average', 128] },
  '5b': { one: 352, three: [192, 320], double: [192, 224], pool: ['max', 128] },
};
const NAMES = { paper: Object.keys(MODULES), small: ['3a', '3c', '4a', '4e', '5b'] };
const STEM = {
  paper: chain(
    ...[conv(64, 7, { stride: 2 }), max({ stride: 2 }), stemLrn],
    ...[conv(64, 1), conv(192, 3), stemLrn, max({ stride: 2 })],
  ),
  small: chain(conv(192, 3), stemLrn),
};

const OPTIONS: Record<string, OptionSpec> = {
  ...inceptionOptions({ smallWidth: 0.1875, norms: ['batch', 'lrn', 'none'], dropout: 0 }),
  fiveByFive: fiveByFiveOption('two-3x3'),
  convBias: { default: false, oneOf: [true, false], about: 'biases beside batch norm, as in the Caffe weights' },
};

export default [
  defineNet({
    name: 'inception-v2',
    family: 'inception',
    year: 2015,
    source: 'Ioffe & Szegedy 2015, arXiv:1502.03167',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: {
      parameters: 11_295_240,
      macs: 2.048e9,
      source: 'imgclsmob, bninception',
      counted: 'with convolution biases beside batch norm (convBias=true); MACs with more than convolutions',
      top5: { error: 0.0482, models: 6, set: 'test', source: 'Ioffe & Szegedy 2015, §4.2.3; one net: 5.82 % (val)' },
    },
    options: OPTIONS,
    build: (options, given) => build(readOptions(options), given),
  }),
];

function build(options: Options, given: NetInput): Layer {
  const styled = { ...options, bias: options.convBias };
  const modules: Modules = NAMES[options.form].map(name => [name, inception(MODULES[name] as Row, options)]);
  return head(run([['stem', STEM[options.form]], ...modules], given, styled)(), given, styled);
}

function inception({ one, three, double, pool }: Row, { fiveByFive: how }: Options): Step {
  const last = pool ? {} : { stride: 2 };
  const branches = [
    chain(conv(three[0], 1), conv(three[1], 3, last)),
    chain(conv(double[0], 1), ...fiveByFive(how, double[1], last)),
  ];
  if (one === undefined || pool === undefined) return parallel(...branches, max(last));
  const pooled = pool[0] === 'max' ? max() : average();
  return parallel(conv(one, 1), ...branches, chain(pooled, conv(pool[1], 1)));
}

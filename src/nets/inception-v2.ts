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
import { defineInception, type InceptionOptions } from './_inception.ts';
import { option } from './_options.ts';
import * as steps from './_steps.ts';

const { average, chain, conv, max, parallel, stemLrn } = steps;

interface Options extends InceptionOptions {
  fiveByFive: steps.FiveByFive;
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

export default [
  defineInception<Options>({
    name: 'inception-v2',
    year: 2015,
    source: 'Ioffe & Szegedy 2015, arXiv:1502.03167',
    published: {
      parameters: 11_295_240,
      macs: 2.048e9,
      source: 'imgclsmob, bninception',
      counted: 'with convolution biases beside batch norm (convBias=true); MACs with more than convolutions',
      top5: {
        error: 0.0482,
        models: 6,
        set: 'test',
        source: 'Ioffe & Szegedy 2015, §4.2.3; one net, 144 crops: 5.82 % (val)',
      },
    },
    pixels: 224,
    smallWidth: 0.1875,
    norms: ['batch', 'lrn', 'none', 'batch-lrn'],
    dropout: 0,
    options: {
      fiveByFive: option('fiveByFive', '3x3-pair'),
      convBias: { default: false, oneOf: [true, false], about: 'biases beside batch norm, as in the Caffe weights' },
    },
    modules: options => [
      ['stem', STEM[options.form]],
      ...NAMES[options.form].map(name => [name, inception(MODULES[name] as Row, options)] as const),
    ],
  }),
];

function inception({ one, three, double, pool }: Row, { fiveByFive }: Options): steps.Step {
  const last = pool ? {} : { stride: 2 };
  const branches = [
    chain(conv(three[0], 1), conv(three[1], 3, last)),
    chain(conv(double[0], 1), ...steps.fiveByFive(fiveByFive, double[1], last)),
  ];
  if (one === undefined || pool === undefined) return parallel(...branches, max(last));
  const pooling = pool[0] === 'max' ? max() : average();
  return parallel(conv(one, 1), ...branches, steps.pooled(pooling, pool[1]));
}

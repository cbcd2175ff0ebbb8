/**
 * Residual nets and their plain counterparts: He, Zhang, Ren & Sun, "Deep Residual Learning for Image Recognition",
 * 2015 (table 1 for ImageNet, §4.2 for CIFAR-10); with pre-activation (names in -v2): the same, "Identity Mappings in
 * Deep Residual Networks", 2016.
 *
 * The CIFAR nets have 6n + 2 layers in three stages, ResNet-164 has 9n + 2. Their paper form is made for 32 px: the
 * small form is the same net. The small form of the ImageNet nets keeps depth, units and shortcuts and changes the stem
 * (3×3, no pooling) and the widths, so that 28–32 px images survive four stages.
 *
 * Departures. ImageNet nets have projections (option B) by default, as all published weights do; the paper's table 2
 * is with option A. Weights start from He's normal by fan-in, the classifier's from a normal of 0.01. Without batch
 * normalisation the weights of each branch start smaller by a power of the number of units, as Zhang, Dauphin & Ma 2019
 * (arXiv:1901.09321) have it, since sums of so many branches overflow else; but none starts from 0. `shared` is Liao &
 * Poggio 2016, arXiv:1604.03640: the first unit of a stage, which changes the shape, keeps its own weights. Published
 * counts of the v2 nets differ from ours by the 2 × width values of one batch norm: theirs normalise the stem's output
 * twice, ours, as the 2016 paper's appendix says, once.
 */
import type { Json } from '../core/ids.ts';
import { defineNet, type Layer, type NetDefinition, type NetInput, type OptionSpec } from '../core/net.ts';
import { dropout, globalAveragePool, input, pool } from './_layers.ts';
import { byForm, option } from './_options.ts';
import { finishUnits, ORDERS, type Order, residualUnit, type Shortcut, unitWeights } from './_residual.ts';
import { publishedOf } from './_residual-published.ts';
import { classifier, convUnit, type Style } from './_style.ts';
import { widthAt } from './_width.ts';

interface Options extends Style {
  form: 'paper' | 'small';
  widths: number[];
  width: number;
  shortcut: Shortcut;
  order: Order;
  stem: '7x7' | 'small';
  stemStride: number;
  bottleneckStride: '1x1' | '3x3';
  shared: boolean;
  dropout: number;
}

/** Units of each stage. */
interface Depth {
  units: readonly number[];
  bottleneck?: boolean;
  cifar?: boolean;
}

const V1 = { year: 2015, source: 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385' };
const V2 = { year: 2016, source: 'He, Zhang, Ren & Sun 2016, arXiv:1603.05027' };
const IMAGENET: NetInput = { shape: [224, 224, 3], classes: 1000 };
const CIFAR: NetInput = { shape: [32, 32, 3], classes: 10 };

const DEPTHS: Record<number, Depth> = {
  18: { units: [2, 2, 2, 2] },
  34: { units: [3, 4, 6, 3] },
  50: { units: [3, 4, 6, 3], bottleneck: true },
  101: { units: [3, 4, 23, 3], bottleneck: true },
  152: { units: [3, 8, 36, 3], bottleneck: true },
  20: { units: [3, 3, 3], cifar: true },
  32: { units: [5, 5, 5], cifar: true },
  44: { units: [7, 7, 7], cifar: true },
  56: { units: [9, 9, 9], cifar: true },
  110: { units: [18, 18, 18], cifar: true },
  164: { units: [18, 18, 18], bottleneck: true, cifar: true },
};

const BOTTLENECK_STRIDE: OptionSpec = {
  default: '1x1',
  oneOf: ['1x1', '3x3'],
  about: 'convolution that halves the image: the first 1×1 (paper) or the 3×3 ("v1.5")',
};

const ORDER: Omit<OptionSpec, 'default'> = {
  oneOf: Object.keys(ORDERS),
  about: "a unit's order (He et al. 2016, figure 4)",
};

export default Object.keys(DEPTHS).flatMap(key => {
  const depth = Number(key);
  const basic = !DEPTHS[depth]?.bottleneck;
  return [
    resnet(`resnet-${depth}`, depth),
    resnet(`resnet-${depth}-v2`, depth, { order: 'full-preactivation' }),
    ...(basic ? [resnet(`plain-${depth}`, depth, { shortcut: 'none' }), resnet(`residual-${depth}`, depth)] : []),
  ];
});

/** `residual-n` is another name of resnet-n, `plain-n` the net without shortcuts. */
function resnet(name: string, depth: number, fixed: { shortcut?: 'none'; order?: Order } = {}): NetDefinition {
  const layout = DEPTHS[depth] as Depth;
  const published = publishedOf(name.replace('residual', 'resnet'));
  return defineNet({
    name,
    family: 'resnet',
    ...(fixed.order ? V2 : V1),
    paperInput: layout.cifar ? CIFAR : IMAGENET,
    ...(published && { published }),
    options: {
      ...optionsOf(layout),
      ...(fixed.order && { order: { ...ORDER, default: fixed.order } }),
      ...(fixed.shortcut && { shortcut: option('shortcut', 'none', { levels: ['none'] }) }),
    },
    build: (options, given) => build(layout, options as unknown as Options, given),
  });
}

/** The paper's nets for CIFAR are one form: it made them for 32 px. */
function optionsOf({ cifar = false, bottleneck = false }: Depth): Record<string, OptionSpec> {
  const forms = (paper: Json, small: Json) => (cifar ? byForm(small, small) : byForm(paper, small));
  return {
    form: option('form', 'paper', cifar ? { about: 'one and the same here' } : {}),
    widths: {
      default: cifar ? [16, 32, 64] : byForm([64, 128, 256, 512], [16, 16, 32, 64]),
      minimum: 1,
      about: `filters of each stage${bottleneck ? ', before the fourfold expansion' : ''}`,
    },
    width: option('width', 1),
    shortcut: option('shortcut', bottleneck ? 'B' : forms('B', 'A'), { levels: ['A', 'B', 'C', 'none'] }),
    stem: {
      default: forms('7x7', 'small'),
      oneOf: ['7x7', 'small'],
      about: '7x7: 7×7 and a pooling of 3×3 every 2, small: 3×3',
    },
    stemStride: { default: forms(2, 1), minimum: 1, about: 'stride of the first convolution' },
    order: { ...ORDER, default: 'original' },
    ...(bottleneck && { bottleneckStride: BOTTLENECK_STRIDE }),
    shared: {
      default: false,
      oneOf: [true, false],
      about:
        'units of a stage but the first use the same convolutions; batch norm stays their own (Liao & Poggio 2016)',
    },
    norm: option('norm', 'batch', { about: 'behind each convolution' }),
    activation: option('activation', 'relu'),
    init: option('init', 'paper', { about: "the paper's is He's" }),
    dropout: option('dropout', 0, { about: 'before the classifier' }),
  };
}

function build(layout: Depth, options: Options, { shape, classes }: NetInput): Layer {
  const units = stages(stem(input(shape), options), layout, options);
  const pooled = globalAveragePool('head.pool', finishUnits('head', units, options.order, options));
  return classifier('head.dense', dropout('head.dropout', pooled, options.dropout), classes, options);
}

function stem(x: Layer, options: Options): Layer {
  const large = options.stem === '7x7';
  const shape = {
    filters: widthAt(options.widths, 0, options.width),
    kernel: large ? 7 : 3,
    stride: options.stemStride,
  };
  const y = convUnit('stem', x, shape, options);
  return large ? pool('stem.pool', y, { type: 'max', size: 3, stride: 2, padding: 1 }) : y;
}

function stages(stem: Layer, { units, bottleneck = false }: Depth, options: Options): Layer {
  const branches = units.reduce((sum, count) => sum + count, 0);
  let x = stem;
  units.forEach((count, stage) => {
    const filters = widthAt(options.widths, stage, options.width);
    for (let unit = 1; unit <= count; unit++) {
      const stride = stage > 0 && unit === 1 ? 2 : 1;
      x = residualUnit(`stage${stage + 1}.unit${unit}`, x, {
        ...options,
        weights: unitWeights(filters, stride, bottleneck ? options.bottleneckStride : null),
        style: options,
        afterStem: x === stem,
        branches,
        ...(options.shared && unit > 2 && { weightsOf: `stage${stage + 1}.unit2` }),
      });
    }
  });
  return x;
}

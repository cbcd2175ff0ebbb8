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
 * is with option A. Weights start from He's normal by fan-in, the classifier's from a normal of 0.01. Published counts
 * of the v2 nets differ from ours by the 2 × width values of one batch norm: theirs normalise the stem's output twice,
 * ours, as the 2016 paper's appendix says, once.
 */
import type { Json } from '../core/ids.ts';
import { defineNet, type Layer, type NetDefinition, type NetInput, type OptionSpec } from '../core/net.ts';
import { convUnit, STYLE_OPTIONS, type Style } from './_conv-unit.ts';
import { dense, dropout, globalAveragePool, input, pool } from './_layers.ts';
import {
  basicWeights,
  bottleneckWeights,
  finishUnits,
  ORDERS,
  type Order,
  residualUnit,
  type Shortcut,
} from './_residual.ts';
import { publishedOf } from './_residual-published.ts';

interface Options extends Style {
  form: 'paper' | 'small';
  widths: number[];
  shortcut: Shortcut;
  order: Order;
  stemStride: number;
  bottleneckStride: '1x1' | '3x3';
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

const PLAIN: Record<string, OptionSpec> = {
  shortcut: { default: 'none', oneOf: ['none'], about: 'a plain net has none' },
};

const BOTTLENECK_STRIDE: OptionSpec = {
  default: '1x1',
  oneOf: ['1x1', '3x3'],
  about: 'convolution that halves the image: the first 1×1 (paper) or the 3×3 ("v1.5")',
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
function resnet(name: string, depth: number, fixed: { shortcut?: Shortcut; order?: Order } = {}): NetDefinition {
  const layout = DEPTHS[depth] as Depth;
  const published = publishedOf(name.replace('residual', 'resnet'));
  return defineNet({
    name,
    family: 'resnet',
    ...(fixed.order ? V2 : V1),
    paperInput: layout.cifar ? CIFAR : IMAGENET,
    ...(published && { published }),
    options: { ...optionsOf(layout), ...(fixed.order && order(fixed.order)), ...(fixed.shortcut && PLAIN) },
    build: (options, given) => build(layout, options as unknown as Options, given),
  });
}

function optionsOf({ cifar = false, bottleneck = false }: Depth): Record<string, OptionSpec> {
  const byForm = (paper: Json, small: Json, both: Json) => ({
    byForm: { paper: cifar ? both : paper, small: cifar ? both : small },
  });
  return {
    form: {
      default: 'paper',
      oneOf: ['paper', 'small'],
      about: cifar
        ? 'one and the same: the paper made it for 32 px'
        : "the paper's ImageNet form, or the one for 28–32 px",
    },
    widths: {
      default: byForm([64, 128, 256, 512], [16, 16, 32, 64], [16, 32, 64]),
      minimum: 1,
      about: `filters of each stage${bottleneck ? ', before the fourfold expansion' : ''}`,
    },
    shortcut: {
      default: bottleneck ? 'B' : byForm('B', 'A', 'A'),
      oneOf: ['A', 'B', 'C', 'none'],
      about: 'A: zero-padding, B: projection where the shape changes, C: projection everywhere, none: a plain net',
    },
    stemStride: { default: byForm(2, 1, 1), minimum: 1, about: 'stride of the first convolution' },
    ...order('original'),
    ...(bottleneck && { bottleneckStride: BOTTLENECK_STRIDE }),
    ...STYLE_OPTIONS,
    dropout: { default: 0, minimum: 0, maximum: 0.99, real: true, about: 'rate before the classifier' },
  };
}

function order(by: Order): Record<string, OptionSpec> {
  return { order: { default: by, oneOf: Object.keys(ORDERS), about: "a unit's order (He et al. 2016, figure 4)" } };
}

function build(layout: Depth, options: Options, { shape, classes }: NetInput): Layer {
  const stem = layout.cifar || options.form === 'small' ? smallStem : imagenetStem;
  const units = stages(stem(input(shape), options), layout, options);
  const pooled = globalAveragePool('head.pool', finishUnits('head', units, options.order, options));
  const kept = dropout('head.dropout', pooled, options.dropout);
  return dense('head.dense', kept, { units: classes, init: { kind: 'normal', std: 0.01 } });
}

function imagenetStem(x: Layer, options: Options): Layer {
  const y = convUnit(
    'stem',
    x,
    { filters: options.widths[0] as number, kernel: 7, stride: options.stemStride },
    options,
  );
  return pool('stem.pool', y, { type: 'max', size: 3, stride: 2, padding: 1 });
}

function smallStem(x: Layer, options: Options): Layer {
  return convUnit('stem', x, { filters: options.widths[0] as number, kernel: 3, stride: options.stemStride }, options);
}

function stages(stem: Layer, { units, bottleneck = false }: Depth, options: Options): Layer {
  let x = stem;
  units.forEach((count, stage) => {
    const filters = options.widths[stage] ?? (options.widths.at(-1) as number);
    for (let unit = 0; unit < count; unit++) {
      const stride = stage > 0 && unit === 0 ? 2 : 1;
      const weights = bottleneck
        ? bottleneckWeights(filters, stride, options.bottleneckStride)
        : basicWeights(filters, stride);
      const name = `stage${stage + 1}.unit${unit + 1}`;
      x = residualUnit(name, x, { weights, ...options, style: options, afterStem: x === stem });
    }
  });
  return x;
}

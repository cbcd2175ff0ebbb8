/**
 * Inception-ResNet v1 and v2: Szegedy, Ioffe, Vanhoucke & Alemi, "Inception-v4, Inception-ResNet and the Impact of
 * Residual Connections on Learning", 2016 (figures 10 to 19, table 1).
 *
 * Branches are damped before they are added: §3.3 gives 0.1 to 0.3, the released model 0.17, 0.1 and 0.2 for the three
 * stages, which are the defaults of `scale`. Each 1×1 before an addition is linear with a bias and without batch norm.
 * Figures 17 and 19 say 1,154 and 2,048 channels; what is added to has 1,152 and 2,144. `layout` released is the model
 * whose weights Google published (TensorFlow's slim: another stem, a last 1×1 of 1,536, and with `modules` 10, 20, 10
 * twice the paper's; 55,843,464 parameters without its auxiliary head).
 *
 * Departures. The first weights are He's. The small form, for 28–32 px, has a 3×3 stem, pads everywhere, an eighth of
 * the filters and fewer modules, with both reductions between them.
 */
import type { NetDefinition, OptionSpec } from '../core/net.ts';
import { defineInception, type InceptionOptions } from './_inception.ts';
import { byForm, option } from './_options.ts';
import * as steps from './_steps.ts';
import { BASE_2016, BRANCHED_STEM, oneCrop, PLAIN_STEM, reductionA, threeStages } from './_three-stages.ts';
import { atOrLast } from './_width.ts';

const { average, chain, conv, HALVE, max, parallel, pooled, residual } = steps;

interface Options extends InceptionOptions {
  modules: number[];
  scale: number[];
  shortcut: 'identity' | 'none';
  layout: 'paper' | 'released';
}

/** What the versions differ in. */
interface Version {
  stem: steps.Step;
  smallStem: steps.Step;
  /** The two 3×3 of the longest branch. */
  a: readonly [number, number];
  reductionA: readonly [number, number, number, number];
  /** Filters at the end of the direct branch, and of the 1×7 and 7×1 (or 1×3 and 3×1). */
  b: readonly [direct: number, row: number, column: number];
  /** Last filters of the three branches, and the one before in the third. */
  reductionB: readonly [number, number, number, number];
  c: readonly [direct: number, row: number, column: number];
  /** What the released model has beside the paper's stages. */
  beforeA?: steps.Step;
  lastC?: Partial<steps.ResidualOptions>;
  expand?: steps.Step;
}

const V1: Version = {
  stem: chain(...PLAIN_STEM, conv(256, 3, HALVE)),
  smallStem: chain(conv(256, 3)),
  a: [32, 32],
  reductionA: [192, 192, 256, 384],
  b: [128, 128, 128],
  reductionB: [384, 256, 256, 256],
  c: [192, 192, 192],
};

const V2: Version = {
  stem: BRANCHED_STEM,
  smallStem: chain(conv(384, 3)),
  a: [48, 64],
  reductionA: [256, 256, 384, 384],
  b: [192, 160, 192],
  reductionB: [384, 288, 288, 320],
  c: [192, 224, 256],
};

/** A pooling and a module where figure 14 has its last convolution. */
const V2_RELEASED: Version = {
  ...V2,
  stem: chain(...PLAIN_STEM, max(HALVE)),
  smallStem: chain(conv(192, 3)),
  beforeA: parallel(
    conv(96, 1),
    chain(conv(48, 1), conv(64, 5)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
    pooled(average(), 64),
  ),
  lastC: { factor: 1, activated: false },
  expand: conv(1536, 1),
};

const OPTIONS: Record<string, OptionSpec> = {
  modules: option('modules', byForm([5, 10, 5], [1, 2, 1])),
  scale: {
    default: [0.17, 0.1, 0.2],
    minimum: 0,
    maximum: 1,
    real: true,
    about: 'damping of the branches in each stage; 1 is none',
  },
  shortcut: option('shortcut', 'identity', { levels: ['identity', 'none'] }),
};

const LAYOUT: OptionSpec = {
  default: 'paper',
  oneOf: ['paper', 'released'],
  about: "figure 15, or slim's model (which has 10, 20 and 10 modules)",
};

export default [
  inceptionResnet('inception-resnet-v1', { options: OPTIONS, published: { top5: oneCrop(0.055) } }, () => V1),
  inceptionResnet(
    'inception-resnet-v2',
    {
      options: { ...OPTIONS, layout: LAYOUT },
      published: {
        parameters: 55_843_464,
        source: 'imgclsmob, inceptionresnetv2',
        counted: 'the released model (layout=released modules=10,20,10)',
        top5: oneCrop(0.049),
      },
    },
    ({ layout }) => (layout === 'released' ? V2_RELEASED : V2),
  ),
];

function inceptionResnet(
  name: string,
  facts: Pick<NetDefinition, 'options' | 'published'>,
  versionOf: (options: Options) => Version,
): NetDefinition {
  return defineInception<Options>({
    ...BASE_2016,
    ...facts,
    name,
    modules: options => modules(versionOf(options), options),
  });
}

function modules(version: Version, options: Options): steps.Modules {
  const third = residualOf(options, 2);
  const last = options.modules[2];
  const [stem, ...row] = threeStages(options.modules, {
    stem: options.form === 'paper' ? version.stem : version.smallStem,
    a: () => moduleA(version, residualOf(options, 0)),
    reductionA: reductionA(version.reductionA),
    b: () => crossed(version.b, 7, residualOf(options, 1)),
    reductionB: reductionB(version),
    c: index => crossed(version.c, 3, index + 1 === last ? { ...third, ...version.lastC } : third),
  });
  return [
    stem as steps.Modules[number],
    ...named('beforeA', version.beforeA),
    ...row,
    ...named('expand', version.expand),
  ];
}

function named(name: string, step: steps.Step | undefined): steps.Modules {
  return step ? [[name, step]] : [];
}

function residualOf({ scale, shortcut }: Options, stage: number): steps.ResidualOptions {
  return { factor: atOrLast(scale, stage), shortcut };
}

/** Figures 10 and 16, 35×35. */
function moduleA({ a: [first, second] }: Version, options: steps.ResidualOptions): steps.Step {
  return residual(
    options,
    conv(32, 1),
    chain(conv(32, 1), conv(32, 3)),
    chain(conv(32, 1), conv(first, 3), conv(second, 3)),
  );
}

/** Figures 11, 13, 17 and 19: a 1×1 beside a row and a column of `size`. */
function crossed([direct, row, column]: Version['b'], size: number, options: steps.ResidualOptions): steps.Step {
  const inner = size === 7 ? 128 : 192;
  return residual(options, conv(direct, 1), chain(conv(inner, 1), conv(row, [1, size]), conv(column, [size, 1])));
}

/** Figures 12 and 18, to 8×8. */
function reductionB({ reductionB: [first, second, inner, third] }: Version): steps.Step {
  return parallel(
    max(HALVE),
    chain(conv(256, 1), conv(first, 3, HALVE)),
    chain(conv(256, 1), conv(second, 3, HALVE)),
    chain(conv(256, 1), conv(inner, 3), conv(third, 3, HALVE)),
  );
}

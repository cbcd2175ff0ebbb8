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
import { defineNet, type Layer, type NetDefinition, type NetInput, type OptionSpec } from '../core/net.ts';
import {
  average,
  chain,
  conv,
  head,
  type InceptionOptions,
  inceptionOptions,
  type Modules,
  max,
  modulesOption,
  parallel,
  type ResidualOptions,
  readOptions,
  repeat,
  residual,
  run,
  type Step,
} from './_inception.ts';
import { BRANCHED_STEM, HALVE, reductionA, SHRINK, SOURCE_2016 } from './_inception-2016.ts';

interface Options extends InceptionOptions {
  modules: number[];
  scale: number[];
  shortcut: 'identity' | 'none';
  layout: 'paper' | 'released';
}

/** What the versions differ in. */
interface Version {
  stem: Step;
  smallStem: Step;
  /** The two 3×3 of the longest branch. */
  a: readonly [number, number];
  reductionA: readonly [number, number, number, number];
  /** Filters at the end of the direct branch, and of the 1×7 and 7×1 (or 1×3 and 3×1). */
  b: readonly [direct: number, row: number, column: number];
  /** Last filters of the three branches, and the one before in the third. */
  reductionB: readonly [number, number, number, number];
  c: readonly [direct: number, row: number, column: number];
  /** What the released model has beside the paper's stages. */
  beforeA?: Step;
  lastC?: Partial<ResidualOptions>;
  expand?: Step;
}

/** Figure 14 without its last convolution, in whose place the released v2 has a pooling and a module. */
const PLAIN_STEM = [
  ...[conv(32, 3, HALVE), conv(32, 3, SHRINK), conv(64, 3), max(HALVE)],
  ...[conv(80, 1), conv(192, 3, SHRINK)],
];

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

const V2_RELEASED: Version = {
  ...V2,
  stem: chain(...PLAIN_STEM, max(HALVE)),
  smallStem: chain(conv(192, 3)),
  beforeA: parallel(
    conv(96, 1),
    chain(conv(48, 1), conv(64, 5)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
    chain(average(), conv(64, 1)),
  ),
  lastC: { factor: 1, activated: false },
  expand: conv(1536, 1),
};

const OPTIONS: Record<string, OptionSpec> = {
  ...inceptionOptions({ smallWidth: 0.125, norms: ['batch', 'none'], dropout: 0.2 }),
  modules: modulesOption([5, 10, 5], [1, 2, 1]),
  scale: {
    default: [0.17, 0.1, 0.2],
    minimum: 0,
    maximum: 1,
    real: true,
    about: 'damping of the branches in each stage; 1 is none',
  },
  shortcut: { default: 'identity', oneOf: ['identity', 'none'], about: 'none: the same modules without additions' },
};

const LAYOUT: OptionSpec = {
  default: 'paper',
  oneOf: ['paper', 'released'],
  about: "figure 15, or slim's model (which has 10, 20 and 10 modules)",
};

const PUBLISHED: Record<string, NonNullable<NetDefinition['published']>> = {
  'inception-resnet-v1': { top5: oneCrop(0.055) },
  'inception-resnet-v2': {
    parameters: 55_843_464,
    source: 'imgclsmob, inceptionresnetv2',
    counted: 'the released model (layout=released modules=10,20,10)',
    top5: oneCrop(0.049),
  },
};

export default [
  inceptionResnet('inception-resnet-v1', OPTIONS, () => V1),
  inceptionResnet('inception-resnet-v2', { ...OPTIONS, layout: LAYOUT }, ({ layout }) =>
    layout === 'released' ? V2_RELEASED : V2,
  ),
];

function inceptionResnet(
  name: string,
  options: Record<string, OptionSpec>,
  versionOf: (options: Options) => Version,
): NetDefinition {
  return defineNet({
    name,
    family: 'inception',
    year: 2016,
    source: SOURCE_2016,
    paperInput: { shape: [299, 299, 3], classes: 1000 },
    ...(PUBLISHED[name] && { published: PUBLISHED[name] }),
    options,
    build: (given, input) => build(versionOf(given as unknown as Options), readOptions(given), input),
  });
}

function build(version: Version, options: Options, given: NetInput): Layer {
  const [a, b, c] = options.modules;
  const third = residualOf(options, 2);
  const modules: Modules = [
    ['stem', options.form === 'paper' ? version.stem : version.smallStem],
    ...named('beforeA', version.beforeA),
    ...repeat('a', a, () => moduleA(version, residualOf(options, 0))),
    ['reductionA', reductionA(version.reductionA)],
    ...repeat('b', b, () => crossed(version.b, 7, residualOf(options, 1))),
    ['reductionB', reductionB(version)],
    ...repeat('c', c, index => crossed(version.c, 3, index + 1 === c ? { ...third, ...version.lastC } : third)),
    ...named('expand', version.expand),
  ];
  return head(run(modules, given, options)(), given, options);
}

function oneCrop(error: number) {
  return { error, models: 1, set: 'val', source: 'Szegedy et al. 2016, table 2, one crop' } as const;
}

function named(name: string, step: Step | undefined): Modules {
  return step ? [[name, step]] : [];
}

function residualOf({ scale, shortcut }: Options, stage: number): ResidualOptions {
  return { factor: scale[stage] ?? (scale.at(-1) as number), shortcut };
}

/** Figures 10 and 16, 35×35. */
function moduleA({ a: [first, second] }: Version, options: ResidualOptions): Step {
  return residual(
    options,
    conv(32, 1),
    chain(conv(32, 1), conv(32, 3)),
    chain(conv(32, 1), conv(first, 3), conv(second, 3)),
  );
}

/** Figures 11, 13, 17 and 19: a 1×1 beside a row and a column of `size`. */
function crossed([direct, row, column]: Version['b'], size: number, options: ResidualOptions): Step {
  const inner = size === 7 ? 128 : 192;
  return residual(options, conv(direct, 1), chain(conv(inner, 1), conv(row, [1, size]), conv(column, [size, 1])));
}

/** Figures 12 and 18, to 8×8. */
function reductionB({ reductionB: [first, second, inner, third] }: Version): Step {
  return parallel(
    max(HALVE),
    chain(conv(256, 1), conv(first, 3, HALVE)),
    chain(conv(256, 1), conv(second, 3, HALVE)),
    chain(conv(256, 1), conv(inner, 3), conv(third, 3, HALVE)),
  );
}

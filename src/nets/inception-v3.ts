/**
 * Inception v3: Szegedy, Vanhoucke, Ioffe, Shlens & Wojna, "Rethinking the Inception Architecture for Computer Vision",
 * 2015 (table 1, figures 5 to 7 and 10), in the layout of the released model (TensorFlow's slim, torchvision), from
 * which the published counts are: 23,834,568 parameters with batch norm's γ, 27,161,264 with the auxiliary head.
 *
 * Where the release departs from the paper: 5×5 in the 35×35 modules (`fiveByFive` two-3x3 is the paper's figure 5),
 * four modules at 17×17 where table 1 says five, a stem that ends in 1×1, 3×3 and a pooling. The weight of the auxiliary loss (0.4) and the
 * dropout (0.2) are slim's; the paper gives none.
 *
 * Departures. The first weights are He's. The small form, for 28–32 px, has a 3×3 stem, pads everywhere, an eighth of
 * the filters, and one module of each kind with both reductions between them.
 */
import { defineNet, type Heads, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
import {
  AUXILIARY_OPTIONS,
  type AuxiliaryOptions,
  average,
  chain,
  classifier,
  conv,
  type FiveByFive,
  fiveByFive,
  fiveByFiveOption,
  head,
  type InceptionOptions,
  inceptionOptions,
  max,
  modulesOption,
  parallel,
  readOptions,
  repeat,
  run,
  SEVEN_BY_SEVEN,
  type SevenBySeven,
  type Step,
  sevenBySeven,
  withAuxiliary,
} from './_inception.ts';
import { flatten } from './_layers.ts';

interface Options extends InceptionOptions, AuxiliaryOptions {
  modules: number[];
  fiveByFive: FiveByFive;
  sevenBySeven: SevenBySeven;
}

const HALVE = { stride: 2, edges: 'shrink' } as const;
const SHRINK = { edges: 'shrink' } as const;
/** Behind the pooling of each 35×35 module, and inside the 7×7 branches of each 17×17 module; the last for more. */
const POOL_FILTERS = [32, 64, 64];
const SEVEN_FILTERS = [128, 160, 160, 192];

const STEM = {
  paper: chain(
    ...[conv(32, 3, HALVE), conv(32, 3, SHRINK), conv(64, 3), max(HALVE)],
    ...[conv(80, 1), conv(192, 3, SHRINK), max(HALVE)],
  ),
  small: chain(conv(192, 3)),
};

const OPTIONS: Record<string, OptionSpec> = {
  ...inceptionOptions({ smallWidth: 0.125, norms: ['batch', 'none'], dropout: 0.2 }),
  ...AUXILIARY_OPTIONS,
  auxiliaryWeight: { ...AUXILIARY_OPTIONS.auxiliaryWeight, default: 0.4 },
  modules: modulesOption([3, 4, 2], [1, 1, 1]),
  fiveByFive: fiveByFiveOption('5x5'),
  sevenBySeven: SEVEN_BY_SEVEN,
};

export default [
  defineNet({
    name: 'inception-v3',
    family: 'inception',
    year: 2015,
    source: 'Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2015, arXiv:1512.00567',
    paperInput: { shape: [299, 299, 3], classes: 1000 },
    published: {
      parameters: 23_834_568,
      macs: 5.713e9,
      source: 'imgclsmob and torchvision, inception_v3',
      top5: { error: 0.035, models: 4, set: 'val', source: 'Szegedy et al. 2015, abstract; one net, one crop: 5.6 %' },
    },
    options: OPTIONS,
    build: (options, given) => build(readOptions(options), given),
  }),
];

function build(options: Options, given: NetInput): Heads {
  const [a, b, c] = options.modules;
  const middle = repeat('b', b, index => moduleB(filtersOf(SEVEN_FILTERS, index), options));
  const modules = [
    ['stem', STEM[options.form]] as const,
    ...repeat('a', a, index => moduleA(filtersOf(POOL_FILTERS, index), options)),
    ['reductionA', reductionA()] as const,
    ...middle,
    ['reductionB', reductionB(options)] as const,
    ...repeat('c', c, moduleC),
  ];
  const output = run(modules, given, options);
  const auxiliary = auxiliaryHead(output(middle.at(-1)?.[0]), given, options);
  return withAuxiliary(head(output(), given, options), options, [auxiliary]);
}

/** Figure 5, 35×35. */
function moduleA(poolFilters: number, { fiveByFive: how }: Options): Step {
  return parallel(
    conv(64, 1),
    chain(conv(48, 1), ...fiveByFive(how, 64)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
    chain(average(), conv(poolFilters, 1)),
  );
}

/** Figure 10, to 17×17. */
function reductionA(): Step {
  return parallel(conv(384, 3, HALVE), chain(conv(64, 1), conv(96, 3), conv(96, 3, HALVE)), max(HALVE));
}

/** Figure 6, 17×17. */
function moduleB(inner: number, { sevenBySeven: how }: Options): Step {
  return parallel(
    conv(192, 1),
    chain(conv(inner, 1), ...sevenBySeven(how, inner, 192)),
    chain(conv(inner, 1), ...sevenBySeven(how, inner, inner), ...sevenBySeven(how, inner, 192)),
    chain(average(), conv(192, 1)),
  );
}

/** To 8×8. */
function reductionB({ sevenBySeven: how }: Options): Step {
  return parallel(
    chain(conv(192, 1), conv(320, 3, HALVE)),
    chain(conv(192, 1), ...sevenBySeven(how, 192, 192), conv(192, 3, HALVE)),
    max(HALVE),
  );
}

/** Figure 7, 8×8: wide outputs. */
function moduleC(): Step {
  const wide = () => parallel(conv(384, [1, 3]), conv(384, [3, 1]));
  return parallel(
    conv(320, 1),
    chain(conv(384, 1), wide()),
    chain(conv(448, 1), conv(384, 3), wide()),
    chain(average(), conv(192, 1)),
  );
}

/** Figure 8 and slim: 5×5 average pooling, 1×1, a convolution that sees the whole map. */
function auxiliaryHead(x: Layer, { classes }: NetInput, options: Options): Layer {
  const reduce = chain(average({ size: 5, stride: 3, edges: 'valid' }), conv(128, 1));
  const maps = reduce('auxiliary', x, options);
  const whole = conv(768, maps.output[0] as number, { edges: 'valid' })('auxiliary.whole', maps, options);
  return classifier('auxiliary', flatten('auxiliary.flatten', whole), classes);
}

function filtersOf(table: readonly number[], index: number): number {
  return table[Math.min(index, table.length - 1)] as number;
}

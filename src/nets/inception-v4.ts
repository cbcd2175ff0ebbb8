/**
 * Inception v4: Szegedy, Ioffe, Vanhoucke & Alemi, "Inception-v4, Inception-ResNet and the Impact of Residual
 * Connections on Learning", 2016 (figure 9, with figures 3 to 8).
 *
 * Figure 5 labels the second factor of a 17×17 branch 1×7 twice; here it is 7×1, as in the released model. Dropout keeps
 * 0.8, as in figure 9. The auxiliary head of the released model is not in the paper, and not here.
 *
 * Departures. The first weights are He's. The small form, for 28–32 px, has a 3×3 stem, pads everywhere, an eighth of
 * the filters, and one module of each kind with both reductions between them.
 */
import { defineNet, type Layer, type NetInput, type OptionSpec } from '../core/net.ts';
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
  readOptions,
  repeat,
  run,
  SEVEN_BY_SEVEN,
  type SevenBySeven,
  type Step,
  sevenBySeven,
} from './_inception.ts';
import { BRANCHED_STEM, HALVE, reductionA, SOURCE_2016 } from './_inception-2016.ts';

interface Options extends InceptionOptions {
  modules: number[];
  sevenBySeven: SevenBySeven;
}

const STEM = { paper: BRANCHED_STEM, small: chain(conv(384, 3)) };

const OPTIONS: Record<string, OptionSpec> = {
  ...inceptionOptions({ smallWidth: 0.125, norms: ['batch', 'none'], dropout: 0.2 }),
  modules: modulesOption([4, 7, 3], [1, 1, 1]),
  sevenBySeven: SEVEN_BY_SEVEN,
};

export default [
  defineNet({
    name: 'inception-v4',
    family: 'inception',
    year: 2016,
    source: SOURCE_2016,
    paperInput: { shape: [299, 299, 3], classes: 1000 },
    published: {
      parameters: 42_679_816,
      macs: 12.3e9,
      source: 'imgclsmob, inceptionv4',
      top5: { error: 0.05, models: 1, set: 'val', source: 'Szegedy et al. 2016, table 2, one crop' },
    },
    options: OPTIONS,
    build: (options, given) => build(readOptions(options), given),
  }),
];

function build(options: Options, given: NetInput): Layer {
  const [a, b, c] = options.modules;
  const modules: Modules = [
    ['stem', STEM[options.form]],
    ...repeat('a', a, moduleA),
    ['reductionA', reductionA([192, 224, 256, 384])],
    ...repeat('b', b, () => moduleB(options)),
    ['reductionB', reductionB(options)],
    ...repeat('c', c, moduleC),
  ];
  return head(run(modules, given, options)(), given, options);
}

/** Figure 4, 35×35×384. */
function moduleA(): Step {
  return parallel(
    chain(average(), conv(96, 1)),
    conv(96, 1),
    chain(conv(64, 1), conv(96, 3)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
  );
}

/** Figure 5, 17×17×1024. */
function moduleB({ sevenBySeven: how }: Options): Step {
  return parallel(
    chain(average(), conv(128, 1)),
    conv(384, 1),
    chain(conv(192, 1), ...sevenBySeven(how, 224, 256)),
    chain(conv(192, 1), ...sevenBySeven(how, 192, 224), ...sevenBySeven(how, 224, 256)),
  );
}

/** Figure 8, to 8×8×1536. */
function reductionB({ sevenBySeven: how }: Options): Step {
  return parallel(
    max(HALVE),
    chain(conv(192, 1), conv(192, 3, HALVE)),
    chain(conv(256, 1), ...sevenBySeven(how, 256, 320), conv(320, 3, HALVE)),
  );
}

/** Figure 6, 8×8×1536. */
function moduleC(): Step {
  const wide = () => parallel(conv(256, [1, 3]), conv(256, [3, 1]));
  return parallel(
    chain(average(), conv(256, 1)),
    conv(256, 1),
    chain(conv(384, 1), wide()),
    chain(conv(384, 1), conv(448, [1, 3]), conv(512, [3, 1]), wide()),
  );
}

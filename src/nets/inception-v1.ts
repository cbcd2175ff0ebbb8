/**
 * GoogLeNet: Szegedy et al., "Going Deeper with Convolutions", 2014 (table 1, figures 2 and 3, §5).
 *
 * Convolutions have biases and no batch norm, as in the paper: 6,998,552 parameters, 13,378,280 with both auxiliary
 * heads. torchvision's 6,624,904 are with batch norm instead of biases and 3×3 where the paper has 5×5
 * (`--set norm=batch fiveByFive=3x3` counts to it).
 *
 * Departures. Poolings round up, by padding at the bottom and right. The constants of LRN are AlexNet's, the first
 * weights He's, as the paper gives none. The small form, for 28–32 px, has a 3×3 stem without pooling, three sixteenths
 * of the filters and the modules 3a, 3b, 4a, 4e and 5b in three stages, with an auxiliary head at 4a.
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
  type Modules,
  max,
  parallel,
  readOptions,
  run,
  type Step,
  scaled,
  stemLrn,
  withAuxiliary,
} from './_inception.ts';
import { activation, dense, dropout, flatten } from './_layers.ts';

interface Options extends InceptionOptions, AuxiliaryOptions {
  module: 'reduced' | 'naive' | 'plain';
  fiveByFive: FiveByFive;
}

/** Filters of a module: 1×1; reduction and 3×3; reduction and 5×5; behind the pooling. */
type Row = readonly [one: number, three: readonly [number, number], five: readonly [number, number], pool: number];

/** Table 1. */
const MODULES: Record<string, Row> = {
  '3a': [64, [96, 128], [16, 32], 32],
  '3b': [128, [128, 192], [32, 96], 64],
  '4a': [192, [96, 208], [16, 48], 64],
  '4b': [160, [112, 224], [24, 64], 64],
  '4c': [128, [128, 256], [24, 64], 64],
  '4d': [112, [144, 288], [32, 64], 64],
  '4e': [256, [160, 320], [32, 128], 128],
  '5a': [256, [160, 320], [32, 128], 128],
  '5b': [384, [192, 384], [48, 128], 128],
};
const STAGES = { paper: ['3a 3b', '4a 4b 4c 4d 4e', '5a 5b'], small: ['3a 3b', '4a 4e', '5b'] };
const AUXILIARY = { paper: ['4a', '4d'], small: ['4a'] };
const AUXILIARY_DROPOUT = 0.7;
const STEM = {
  paper: chain(conv(64, 7, { stride: 2 }), max({ stride: 2 }), stemLrn, conv(64, 1), conv(192, 3), stemLrn),
  small: chain(conv(192, 3), stemLrn),
};

const OPTIONS: Record<string, OptionSpec> = {
  ...inceptionOptions({ smallWidth: 0.1875, norms: ['lrn', 'none', 'batch'], dropout: 0.4 }),
  ...AUXILIARY_OPTIONS,
  module: {
    default: 'reduced',
    oneOf: ['reduced', 'naive', 'plain'],
    about: 'figure 2b, 2a (no 1×1 before 3×3 and 5×5, none behind the pooling), or one 3×3 with as many filters',
  },
  fiveByFive: fiveByFiveOption('5x5'),
};

export default [
  defineNet({
    name: 'inception-v1',
    family: 'inception',
    year: 2014,
    source: 'Szegedy et al. 2014, arXiv:1409.4842',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    published: {
      parameters: 6.8e6,
      macs: 1.5e9,
      source: 'Szegedy et al. 2014, sum of table 1; §1',
      counted: "table 1's K is about 1,024, and its first row says 2.7 K where 7×7 of 64 filters have 9.4 K weights",
      top5: {
        error: 0.0667,
        models: 7,
        set: 'test',
        source: 'Szegedy et al. 2014, table 2; one net, one crop: 10.07 % (val)',
      },
    },
    options: OPTIONS,
    build: (options, given) => build(readOptions(options), given),
  }),
];

function build(options: Options, given: NetInput): Heads {
  const output = run([...stem(options), ...stages(options)], given, options);
  const heads = AUXILIARY[options.form].map(name => auxiliaryHead(`auxiliary${name}`, output(name), given, options));
  return withAuxiliary(head(output(), given, options), options, heads);
}

function stem({ form }: Options): Modules {
  return [['stem', STEM[form]], ...(form === 'paper' ? [['stage2', max({ stride: 2 })] as const] : [])];
}

/** A pooling between stages halves the image. */
function stages(options: Options): Modules {
  return STAGES[options.form].flatMap((names, index): Modules => {
    const modules = names.split(' ').map(name => [name, inception(MODULES[name] as Row, options)] as const);
    return index === 0 ? modules : [[`stage${index + 2}`, max({ stride: 2 })], ...modules];
  });
}

function inception([one, three, five, poolFilters]: Row, { module, fiveByFive: how }: Options): Step {
  if (module === 'plain') return conv(one + three[1] + five[1] + poolFilters, 3);
  const reduced = module === 'reduced';
  const reduce = (filters: number) => (reduced ? [conv(filters, 1)] : []);
  return parallel(
    conv(one, 1),
    chain(...reduce(three[0]), conv(three[1], 3)),
    chain(...reduce(five[0]), ...fiveByFive(how, five[1])),
    chain(max(), ...reduce(poolFilters)),
  );
}

/** §5: average pooling 5/3, 1×1 of 128, 1,024 units, dropout. */
function auxiliaryHead(name: string, x: Layer, { classes }: NetInput, options: Options): Layer {
  const maps = chain(average({ size: 5, stride: 3, edges: 'valid' }), conv(128, 1))(name, x, options);
  const hidden = dense(`${name}.hidden`, flatten(`${name}.flatten`, maps), { units: scaled(1024, options.width) });
  const active = activation(`${name}.hidden.${options.activation}`, hidden, options.activation);
  return classifier(name, dropout(`${name}.dropout`, active, AUXILIARY_DROPOUT), classes);
}

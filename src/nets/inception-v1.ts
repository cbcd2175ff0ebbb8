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
import type { Layer } from '../core/net.ts';
import { countLayer } from './_count.ts';
import { layersBelow } from './_describe.ts';
import {
  type AuxiliaryOptions,
  type AuxiliarySpec,
  defineInception,
  type InceptionOptions,
  run,
} from './_inception.ts';
import { dense, dropout, flatten, input } from './_layers.ts';
import { option } from './_options.ts';
import { type Ratio, type Row, shareOut } from './_ratio.ts';
import * as steps from './_steps.ts';
import { activate, initialiserOf } from './_style.ts';
import { widen } from './_width.ts';

const { average, chain, conv, max, parallel } = steps;

interface Options extends InceptionOptions, AuxiliaryOptions {
  module: 'reduced' | 'naive' | 'plain';
  ratio: Ratio;
  fiveByFive: steps.FiveByFive;
}

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
const NAMES = {
  paper: ['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b'],
  small: ['3a', '3b', '4a', '4e', '5b'],
};
/** First modules of stages, behind a pooling that halves the image. */
const HALVED: Record<string, string> = { '4a': 'stage3', '5a': 'stage4', '5b': 'stage4' };
const AUXILIARY = { paper: ['4a', '4d'], small: ['4a'] };
const AUXILIARY_DROPOUT = 0.7;
const STEM = {
  paper: chain(
    ...[conv(64, 7, { stride: 2 }), max({ stride: 2 }), steps.stemLrn],
    ...[conv(64, 1), conv(192, 3), steps.stemLrn],
  ),
  small: chain(conv(192, 3), steps.stemLrn),
};
/** What the first module sees; only the proportions of the stages matter for equal MACs. */
const MODULE_INPUT = { pixels: 32, channels: 192 };

export default [
  defineInception<Options>({
    name: 'inception-v1',
    year: 2014,
    source: 'Szegedy et al. 2014, arXiv:1409.4842',
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
    pixels: 224,
    smallWidth: 0.1875,
    norms: ['lrn', 'none', 'batch'],
    dropout: 0.4,
    auxiliaryWeight: 0.3,
    options: {
      module: {
        default: 'reduced',
        oneOf: ['reduced', 'naive', 'plain'],
        about: 'figure 2b, 2a (no 1×1 before 3×3 and 5×5, none behind the pooling), or one 3×3 with as many filters',
      },
      ratio: {
        default: 'published',
        oneOf: ['published', 'rising', 'equal', 'falling'],
        about: 'shares of 3×3 and 5×5 from the first module to the last, at the MACs of the published ones within 1 %',
      },
      fiveByFive: option('fiveByFive', '5x5'),
    },
    modules: options => [...stem(options), ...modules(rowsOf(options), options)],
    auxiliaryHeads: options => AUXILIARY[options.form].map(name => auxiliaryHead(name, options)),
  }),
];

function stem({ form }: Options): steps.Modules {
  return [['stem', STEM[form]], ...(form === 'paper' ? [['stage2', max({ stride: 2 })] as const] : [])];
}

/** Of the form's modules, at its width. */
function rowsOf(options: Options): readonly Row[] {
  const at = (filters: number): number => widen(filters, options.width);
  const rows = NAMES[options.form].map((name): Row => {
    const [one, three, five, pool] = MODULES[name] as Row;
    return [at(one), [at(three[0]), at(three[1])], [at(five[0]), at(five[1])], at(pool)];
  });
  return shareOut(rows, options.ratio, candidate => macsOf(candidate, options));
}

function macsOf(rows: readonly Row[], options: Options): number {
  const { pixels, channels } = MODULE_INPUT;
  const x = input([pixels, pixels, widen(channels, options.width)]);
  const outputs = run(modules(rows, options), x, options);
  return layersBelow([...outputs.values()].at(-1) as Layer).reduce((sum, layer) => sum + countLayer(layer).macs, 0);
}

function modules(rows: readonly Row[], options: Options): steps.Modules {
  return NAMES[options.form].flatMap((name, index): steps.Modules => {
    const module = [name, steps.unwidened(inception(rows[index] as Row, options))] as const;
    const stage = HALVED[name];
    const first = stage !== undefined && NAMES[options.form][index - 1]?.[0] !== name[0];
    return first ? [[stage, max({ stride: 2 })], module] : [module];
  });
}

function inception([one, three, five, pool]: Row, { module, fiveByFive }: Options): steps.Step {
  if (module === 'plain') return conv(one + three[1] + five[1] + pool, 3);
  const reduced = module === 'reduced';
  const reduce = (filters: number) => (reduced ? [conv(filters, 1)] : []);
  return parallel(
    conv(one, 1),
    chain(...reduce(three[0]), conv(three[1], 3)),
    chain(...reduce(five[0]), ...steps.fiveByFive(fiveByFive, five[1])),
    chain(max(), ...reduce(pool)),
  );
}

/** §5: average pooling 5/3, 1×1 of 128, 1,024 units, dropout. */
function auxiliaryHead(at: string, options: Options): AuxiliarySpec {
  const name = `auxiliary${at}`;
  const reduce = chain(average({ size: 5, stride: 3, edges: 'valid' }), conv(128, 1));
  const features = (x: Layer): Layer => {
    const flat = flatten(`${name}.flatten`, reduce(name, x, options));
    const units = widen(1024, options.width);
    const hidden = dense(`${name}.hidden`, flat, { units, init: initialiserOf(options) });
    return dropout(`${name}.dropout`, activate(`${name}.hidden`, hidden, options), AUXILIARY_DROPOUT);
  };
  return { name, at, features };
}

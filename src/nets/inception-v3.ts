/**
 * Inception v3: Szegedy, Vanhoucke, Ioffe, Shlens & Wojna, "Rethinking the Inception Architecture for Computer Vision",
 * 2015 (table 1, figures 5 to 7 and 10), in the layout of the released model (TensorFlow's slim, torchvision), from
 * which the published counts are: 23,834,568 parameters with batch norm's γ, 27,161,264 with the auxiliary head.
 *
 * Where the release departs from the paper: 5×5 in the 35×35 modules (`fiveByFive` 3x3-pair is the paper's figure 5),
 * four modules at 17×17 where table 1 says five, a stem that ends in 1×1, 3×3 and a pooling. The weight of the auxiliary
 * loss (0.4) and the dropout (0.2) are slim's; the paper gives none.
 *
 * Departures. The first weights are He's. The small form, for 28–32 px, has a 3×3 stem, pads everywhere, an eighth of
 * the filters, and one module of each kind with both reductions between them.
 */
import type { Layer } from '../core/net.ts';
import { type AuxiliarySpec, defineInception, type InceptionOptions } from './_inception.ts';
import { flatten } from './_layers.ts';
import { byForm, option } from './_options.ts';
import * as steps from './_steps.ts';
import { PLAIN_STEM, threeStages } from './_three-stages.ts';
import { atOrLast } from './_width.ts';

const { average, chain, conv, HALVE, max, parallel, pooled, sevenBySeven } = steps;

interface Options extends InceptionOptions {
  modules: number[];
  fiveByFive: steps.FiveByFive;
  factorised: steps.Factorised;
}

/** Behind the pooling of each 35×35 module, and inside the 7×7 branches of each 17×17 module; the last for more. */
const POOL_FILTERS = [32, 64, 64];
const SEVEN_FILTERS = [128, 160, 160, 192];

const STEM = { paper: chain(...PLAIN_STEM, max(HALVE)), small: chain(conv(192, 3)) };

export default [
  defineInception<Options>({
    name: 'inception-v3',
    year: 2015,
    source: 'Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2015, arXiv:1512.00567',
    published: {
      parameters: 23_834_568,
      macs: 5.713e9,
      source: 'imgclsmob and torchvision, inception_v3',
      top5: { error: 0.035, models: 4, set: 'val', source: 'Szegedy et al. 2015, abstract; one net, one crop: 5.6 %' },
    },
    pixels: 299,
    smallWidth: 0.125,
    norms: ['batch', 'none'],
    dropout: 0.2,
    auxiliaryWeight: 0.4,
    options: {
      modules: option('modules', byForm([3, 4, 2], [1, 1, 1])),
      fiveByFive: option('fiveByFive', '5x5'),
      factorised: option('factorised', '1x7-7x1'),
    },
    modules: options =>
      threeStages(options.modules, {
        stem: STEM[options.form],
        a: index => moduleA(atOrLast(POOL_FILTERS, index), options),
        reductionA: reductionA(),
        b: index => moduleB(atOrLast(SEVEN_FILTERS, index), options),
        reductionB: reductionB(options),
        c: moduleC,
      }),
    auxiliaryHeads: options => [auxiliaryHead(options)],
  }),
];

/** Figure 5, 35×35. */
function moduleA(poolFilters: number, { fiveByFive }: Options): steps.Step {
  return parallel(
    conv(64, 1),
    chain(conv(48, 1), ...steps.fiveByFive(fiveByFive, 64)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
    pooled(average(), poolFilters),
  );
}

/** Figure 10, to 17×17. */
function reductionA(): steps.Step {
  return parallel(conv(384, 3, HALVE), chain(conv(64, 1), conv(96, 3), conv(96, 3, HALVE)), max(HALVE));
}

/** Figure 6, 17×17. */
function moduleB(inner: number, { factorised: how }: Options): steps.Step {
  return parallel(
    conv(192, 1),
    chain(conv(inner, 1), ...sevenBySeven(how, inner, 192)),
    chain(conv(inner, 1), ...sevenBySeven(how, inner, inner), ...sevenBySeven(how, inner, 192)),
    pooled(average(), 192),
  );
}

/** To 8×8. */
function reductionB({ factorised: how }: Options): steps.Step {
  return parallel(
    chain(conv(192, 1), conv(320, 3, HALVE)),
    chain(conv(192, 1), ...sevenBySeven(how, 192, 192), conv(192, 3, HALVE)),
    max(HALVE),
  );
}

/** Figure 7, 8×8: wide outputs. */
function moduleC(): steps.Step {
  const wide = () => parallel(conv(384, [1, 3]), conv(384, [3, 1]));
  return parallel(
    conv(320, 1),
    chain(conv(384, 1), wide()),
    chain(conv(448, 1), conv(384, 3), wide()),
    pooled(average(), 192),
  );
}

/** Figure 8 and slim, behind the last 17×17 module: 5×5 average pooling, 1×1, a convolution that sees the whole map. */
function auxiliaryHead(options: Options): AuxiliarySpec {
  const reduce = chain(average({ size: 5, stride: 3, edges: 'valid' }), conv(128, 1));
  const features = (x: Layer): Layer => {
    const maps = reduce('auxiliary', x, options);
    const whole = conv(768, maps.output[0] as number, { edges: 'valid' })('auxiliary.whole', maps, options);
    return flatten('auxiliary.flatten', whole);
  };
  return { name: 'auxiliary', at: `b${options.modules[1] ?? 1}`, features };
}

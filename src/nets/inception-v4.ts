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
import { defineInception, type InceptionOptions } from './_inception.ts';
import { byForm, option } from './_options.ts';
import * as steps from './_steps.ts';
import { BASE_2016, BRANCHED_STEM, oneCrop, reductionA, threeStages } from './_three-stages.ts';

const { average, chain, conv, HALVE, max, parallel, pooled, sevenBySeven } = steps;

interface Options extends InceptionOptions {
  modules: number[];
  factorised: steps.Factorised;
}

const STEM = { paper: BRANCHED_STEM, small: chain(conv(384, 3)) };

export default [
  defineInception<Options>({
    ...BASE_2016,
    name: 'inception-v4',
    published: { parameters: 42_679_816, macs: 12.3e9, source: 'imgclsmob, inceptionv4', top5: oneCrop(0.05) },
    options: {
      modules: option('modules', byForm([4, 7, 3], [1, 1, 1])),
      factorised: option('factorised', '1x7-7x1'),
    },
    modules: options =>
      threeStages(options.modules, {
        stem: STEM[options.form],
        a: moduleA,
        reductionA: reductionA([192, 224, 256, 384]),
        b: () => moduleB(options),
        reductionB: reductionB(options),
        c: moduleC,
      }),
  }),
];

/** Figure 4, 35×35×384. */
function moduleA(): steps.Step {
  return parallel(
    pooled(average(), 96),
    conv(96, 1),
    chain(conv(64, 1), conv(96, 3)),
    chain(conv(64, 1), conv(96, 3), conv(96, 3)),
  );
}

/** Figure 5, 17×17×1024. */
function moduleB({ factorised: how }: Options): steps.Step {
  return parallel(
    pooled(average(), 128),
    conv(384, 1),
    chain(conv(192, 1), ...sevenBySeven(how, 224, 256)),
    chain(conv(192, 1), ...sevenBySeven(how, 192, 224), ...sevenBySeven(how, 224, 256)),
  );
}

/** Figure 8, to 8×8×1536. */
function reductionB({ factorised: how }: Options): steps.Step {
  return parallel(
    max(HALVE),
    chain(conv(192, 1), conv(192, 3, HALVE)),
    chain(conv(256, 1), ...sevenBySeven(how, 256, 320), conv(320, 3, HALVE)),
  );
}

/** Figure 6, 8×8×1536. */
function moduleC(): steps.Step {
  const wide = () => parallel(conv(256, [1, 3]), conv(256, [3, 1]));
  return parallel(
    pooled(average(), 256),
    conv(256, 1),
    chain(conv(384, 1), wide()),
    chain(conv(384, 1), conv(448, [1, 3]), conv(512, [3, 1]), wide()),
  );
}

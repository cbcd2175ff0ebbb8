import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN, ERRS_LESS } from './_claims.ts';
import { szegedy2015 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'factorised-7',
  title: 'Factorised 7×7 convolutions',
  question: 'Does 1×7 followed by 7×1 beat a stack of 3×3 and a whole 7×7?',
  source: 'Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2015, arXiv:1512.00567, §3.2',
  believed:
    'A 7×7 kernel of low rank is a 1×7 behind a 7×1, with two sevenths of the weights; most kernels were believed to need no more.',
  tags: ['inception'],

  base: smallForm({ net: 'inception-v3', steps: 120, rate: 0.05 }),

  factors: {
    kernels: {
      whole: { options: { factorised: '7x7' } },
      stack: { options: { factorised: '3x3-stack' } },
      factorised: { options: { factorised: '1x7-7x1' } },
    },
  },

  tiers: {
    quick: quickTier(120),
    long: longTier(1700),
    full: szegedy2015({ base: { loss: { kind: 'cross-entropy', smoothing: 0.1 } } }),
  },

  claims: [
    {
      id: 'beats-stack',
      ...ERRS_LESS,
      statement: '1×7 and 7×1 err less often than three 3×3',
      contrast: { stack: 1, factorised: -1 },
      margin: 0,
      published: '“very good results” on maps of 12 to 20 pixels (§3.2), without a figure',
    },
    {
      id: 'costs-nothing',
      ...ERRS_AS_OFTEN,
      statement: '1×7 and 7×1 err about as often as a whole 7×7',
      contrast: { whole: 1, factorised: -1 },
      margin: 0.01,
      published: 'a factor 3.5 fewer weights',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.13),
    'Maps of the small form have 7 pixels where the paper advises 12 to 20.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

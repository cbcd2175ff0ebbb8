import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN } from './_claims.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'two-3x3-for-5x5',
  title: 'Pairs of 3×3 kernels in the place of 5×5',
  question: 'Do two 3×3 convolutions do what one 5×5 does in an Inception module?',
  source: 'Szegedy et al. 2015, arXiv:1512.00567, §3.1; Ioffe & Szegedy 2015, appendix',
  believed: 'As for stacked-3x3, inside an Inception module.',
  tags: ['inception'],

  base: smallForm({ net: 'inception-v1', options: { norm: 'batch', width: 0.125 }, steps: 220, rate: 0.05 }),

  factors: {
    kernels: { '5x5': { options: { fiveByFive: '5x5' } }, '3x3-pair': { options: { fiveByFive: '3x3-pair' } } },
  },

  tiers: {
    quick: quickTier(220),
    long: longTier(3800),
    full: szegedy2014({ norm: 'batch' }, { about: 'with batch normalisation, since the pairs came with it' }),
  },

  claims: [
    {
      id: 'pair-is-enough',
      ...ERRS_AS_OFTEN,
      statement: 'the net with pairs of 3×3 errs about as often as with 5×5',
      contrast: { '5x5': 1, '3x3-pair': -1 },
      margin: 0.01,
      published: '28 % fewer weights (§3.1)',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.23)],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

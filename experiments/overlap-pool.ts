import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'overlap-pool',
  title: 'Overlapping against plain max pooling in AlexNet',
  question: 'Does overlapping max pooling (3×3 every 2 pixels) beat plain 2×2 pooling in AlexNet?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.4',
  believed:
    'Windows that share pixels lose less of where a feature was; the authors saw such nets over-fit a little less.',
  tags: ['alexnet'],

  base: smallForm({ net: 'alexnet', steps: 500, rate: 0.01 }),

  factors: {
    pooling: { plain: { options: { pooling: 'max' } }, overlapping: { options: { pooling: 'overlapping' } } },
  },

  tiers: {
    quick: quickTier(500),
    long: longTier(2900),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'overlapping-helps',
      ...ERRS_LESS,
      statement: 'AlexNet errs less often with overlapping pooling',
      contrast: { plain: 1, overlapping: -1 },
      margin: 0,
      published: 'top-1 error 0.4 points lower, top-5 error 0.3 (ImageNet, §3.4)',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.53)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

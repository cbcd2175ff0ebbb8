import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { szegedy2015 } from './_szegedy.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'label-smoothing',
  title: 'Label smoothing',
  question: 'Does smoothing labels by 0.1 lower the error?',
  source: 'Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2015, arXiv:1512.00567, §7, table 3',
  believed:
    'A net that has to be certain pushes its logits apart without end. A target of 0.9 leaves nothing to push for.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-18', options: SMALL_RESNET, steps: 1200, rate: 0.1 }),

  factors: { smoothing: { none: {}, smoothed: { loss: { kind: 'cross-entropy', smoothing: 0.1 } } } },

  tiers: {
    quick: quickTier(1200),
    long: longTier(14000),
    full: szegedy2015(),
  },

  claims: [
    {
      id: 'smoothing-helps',
      ...ERRS_LESS,
      statement: 'the net errs less often when labels are smoothed by 0.1',
      contrast: { none: 1, smoothed: -1 },
      margin: 0,
      published: 'about 0.2 points of top-1 error (ImageNet, §7)',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(1.3),
    'Below the full tier a small residual net stands for Inception v3.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'auxiliary',
  title: 'Auxiliary classifiers of GoogLeNet',
  question: 'Do auxiliary classifiers help?',
  source: 'Szegedy et al. 2014, arXiv:1409.4842, §5; Szegedy et al. 2015, §4',
  believed:
    'Gradients were thought to fade on their way through 22 layers, so that classifiers in the middle would feed them. The same authors later called the gain small and saw it as regularisation.',
  tags: ['inception'],

  base: smallForm({ net: 'inception-v1', options: { width: 0.125 }, steps: 300, rate: 0.02 }),

  factors: { heads: { without: { options: { auxiliary: false } }, with: { options: { auxiliary: true } } } },

  tiers: {
    quick: quickTier(300),
    long: longTier(3800),
    full: szegedy2014(),
  },

  claims: [
    {
      id: 'heads-help',
      ...ERRS_LESS,
      statement: 'the net errs less often with auxiliary classifiers',
      contrast: { without: 1, with: -1 },
      margin: 0,
      published: 'about 0.5 % (§5)',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.32)],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

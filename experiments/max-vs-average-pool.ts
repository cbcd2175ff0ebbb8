import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'max-vs-average-pool',
  title: 'Max against average pooling in AlexNet',
  question: 'Does max pooling beat average pooling in AlexNet?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.4; Scherer, Müller & Behnke 2010',
  believed:
    'The strongest answer of a feature says that it is there; a mean drowns it where the feature is rare. The lecture says so without a figure.',
  tags: ['alexnet'],

  base: smallForm({ net: 'alexnet', steps: 500, rate: 0.01 }),

  factors: { pooling: { max: { options: { pooling: 'max' } }, average: { options: { pooling: 'avg' } } } },

  tiers: {
    quick: quickTier(500),
    long: longTier(2900),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'max-wins',
      ...ERRS_LESS,
      statement: 'AlexNet errs less often with max pooling than with average pooling',
      contrast: { average: 1, max: -1 },
      margin: 0,
      published: 'AlexNet uses max pooling and gives no comparison',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.53)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

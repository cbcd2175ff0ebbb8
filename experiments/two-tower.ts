import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN, ERRS_LESS } from './_claims.ts';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'two-tower',
  title: 'Towers of AlexNet',
  question: 'Does a net of two half-towers beat one with half the kernels?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.2',
  believed:
    'The net did not fit into one GPU, so it was cut in two; the parts talk on some layers. That it beat one half-size tower was a gift of the hardware.',
  tags: ['alexnet'],

  base: smallForm({ net: 'alexnet', steps: 330, rate: 0.01 }),

  factors: {
    towers: {
      half: { options: { towers: 'half' } },
      two: { options: { towers: 'two' } },
      ungrouped: { options: { towers: 'ungrouped' } },
    },
  },

  tiers: {
    quick: quickTier(330),
    long: longTier(1800),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'two-beat-half',
      ...ERRS_LESS,
      statement: 'two towers err less often than one with half the kernels',
      contrast: { half: 1, two: -1 },
      margin: 0,
      published: 'top-1 error 1.7 points lower, top-5 error 1.2 (ImageNet, §3.2)',
    },
    {
      id: 'ungrouped-is-two',
      ...ERRS_AS_OFTEN,
      statement: 'an ungrouped net errs about as often as two towers',
      contrast: { two: 1, ungrouped: -1 },
      margin: 0.01,
      published: 'no figure',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.35)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

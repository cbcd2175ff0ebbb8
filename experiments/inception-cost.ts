import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN } from './_claims.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'inception-cost',
  title: 'Inception modules against plain and naive ones',
  question: 'Does an Inception module give the accuracy of a wide convolution at a fraction of its cost?',
  source: 'Szegedy et al. 2014, arXiv:1409.4842, §4, figure 2',
  believed:
    'What fires together should be wired together: many small kernels at several scales, with 1×1 layers to pay for them, in place of one wide and dense layer.',
  tags: ['inception'],

  base: smallForm({ net: 'inception-v1', options: { norm: 'batch', width: 0.125 }, steps: 110, rate: 0.05 }),

  factors: {
    module: {
      plain: { options: { module: 'plain' } },
      naive: { options: { module: 'naive' } },
      reduced: { options: { module: 'reduced' } },
    },
  },

  tiers: {
    quick: quickTier(110),
    long: longTier(900),
    full: szegedy2014(),
  },

  claims: [
    {
      id: 'as-good-as-plain',
      ...ERRS_AS_OFTEN,
      statement: 'the net of Inception modules errs about as often as one of plain convolutions',
      contrast: { plain: 1, reduced: -1 },
      margin: 0.02,
      published: 'twelve times fewer parameters than AlexNet at a lower error (§1)',
    },
    {
      id: 'as-good-as-naive',
      ...ERRS_AS_OFTEN,
      statement: 'reductions cost no accuracy',
      contrast: { naive: 1, reduced: -1 },
      margin: 0.02,
      published: 'no figure',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.12),
    'What each arm costs stands in `bench nets show`, not in the verdict.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

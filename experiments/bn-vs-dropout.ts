import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'bn-vs-dropout',
  title: 'Batch normalisation and dropout in AlexNet',
  question: 'May dropout go once there is batch normalisation?',
  source: 'Ioffe & Szegedy 2015, arXiv:1502.03167, §4.2.1',
  believed:
    'The statistics of a batch add noise to each image, as dropout does; the winning net left dropout out and did no worse.',
  tags: ['alexnet'],

  base: smallForm({ net: 'alexnet', options: { norm: 'none' }, steps: 400, rate: 0.01 }),

  factors: {
    arm: {
      dropout: { options: { dropout: 0.5 } },
      bn: { options: { norm: 'batch', dropout: 0 } },
      both: { options: { norm: 'batch', dropout: 0.5 } },
    },
  },

  tiers: {
    quick: quickTier(400),
    long: longTier(1900),
    full: szegedy2014(
      {},
      {
        about: 'the net that the paper took dropout out of',
        factors: {
          arm: {
            dropout: { options: { norm: 'lrn', dropout: 0.4 } },
            bn: { options: { norm: 'batch', dropout: 0 } },
            both: { options: { norm: 'batch', dropout: 0.4 } },
          },
        },
      },
    ),
  },

  claims: [
    {
      id: 'bn-beats-dropout',
      ...ERRS_LESS,
      statement: 'with batch normalisation alone the net errs less often than with dropout alone',
      contrast: { dropout: 1, bn: -1 },
      margin: 0,
      published: 'dropout is left out of BN-Inception without loss (§4.2.1)',
    },
    {
      id: 'dropout-may-go',
      ...ERRS_LESS,
      statement: 'with batch normalisation the net errs less often without dropout than with it',
      contrast: { both: 1, bn: -1 },
      margin: 0,
      published: 'as above',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.43),
    'Dropout slows a short run: what it does against over-fitting shows after many epochs.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

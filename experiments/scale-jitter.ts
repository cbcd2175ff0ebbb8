import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { SCALES_256_TO_512, scaleOf, simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'scale-jitter',
  title: 'VGG-D trained at many scales',
  question: 'Does training at many scales lower the error more than training at one?',
  source: 'Simonyan & Zisserman 2014, arXiv:1409.1556, §4.1, table 3',
  believed: 'A net that is shown objects of one size learns that size.',
  tags: ['colour', 'procedures', 'vgg'],

  base: smallForm({
    net: 'vgg-d',
    options: { width: 0.5, norm: 'batch' },
    dataset: 'cifar-10-jpeg',
    steps: 600,
    rate: 0.02,
  }),

  factors: {
    scale: {
      fixed: { input: { shorterSide: 32, size: 28, augment: [{ kind: 'random-crop' }, { kind: 'flip' }] } },
      large: { input: { shorterSide: 48, size: 28, augment: [{ kind: 'random-crop' }, { kind: 'flip' }] } },
      jitter: {
        input: {
          shorterSide: 48,
          size: 28,
          augment: [{ kind: 'scale-jitter', from: 32, to: 64 }, { kind: 'random-crop' }, { kind: 'flip' }],
        },
      },
    },
  },

  tiers: {
    quick: quickTier(600, 50_000),
    long: longTier(9800, 50_000),
    full: simonyan2014('vgg-d', {
      about: 'each arm tested at its scale, Q = S, or at 384 for 256 to 512',
      factors: {
        scale: {
          fixed: { input: scaleOf(256) },
          large: { input: scaleOf(384) },
          jitter: { input: SCALES_256_TO_512 },
        },
      },
    }),
  },

  claims: [
    {
      id: 'jitter-beats-fixed',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often if it is trained at many scales than at the smallest',
      contrast: { fixed: 1, jitter: -1 },
      margin: 0,
      published: '27.0 → 25.6 % top-1 (ImageNet, table 3)',
    },
    {
      id: 'jitter-beats-large',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often if it is trained at many scales than at the middle one',
      contrast: { large: 1, jitter: -1 },
      margin: 0,
      published: '26.8 → 25.6 % top-1',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'There crops are 28 pixels of pictures whose shorter side is 32, 48, or 32 to 64, as 224 of 256, 384, or 256 to 512. Above 32 the pictures are enlarged: a crop then shows less and no more detail.',
    QUICK_SHOWS_STARTS,
    'Below the full tier there is batch normalisation, which the paper did not have, so that sixteen layers start at all.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

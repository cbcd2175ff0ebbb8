import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'ten-crop',
  title: 'Ten crops of one trained net',
  question: 'Does averaging over ten crops lower the error of one trained net?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §4.1, §6',
  believed:
    'An object may lie anywhere in the picture. Ten looks cost ten times as much and average the accidents of one.',
  tags: ['colour', 'procedures', 'alexnet'],

  base: {
    ...smallForm({
      net: 'alexnet',
      options: { width: 0.5, norm: 'batch', dropout: 0 },
      dataset: 'cifar-10-jpeg',
      steps: 800,
      rate: 0.02,
    }),
    input: { size: 28, augment: [{ kind: 'random-crop' }, { kind: 'flip' }] },
    evaluate: { procedures: [{ kind: 'single-crop' }, { kind: 'ten-crop' }] },
  },

  factors: {
    net: { alexnet: {} },
  },

  tiers: {
    quick: quickTier(800, 50_000),
    long: longTier(14_000, 50_000),
    full: krizhevsky2012({}, { config: { evaluate: { procedures: [{ kind: 'single-crop' }, { kind: 'ten-crop' }] } } }),
  },

  claims: [
    {
      id: 'ten-crops-help',
      ...ERRS_LESS,
      statement: 'a trained net errs less often over ten crops than at the middle of the picture',
      contrast: { alexnet: 1, 'alexnet:test.ten-crop.top1': -1 },
      margin: 0,
      published: '39.0 → 37.5 % top-1, 18.3 → 17.0 % top-5 (ImageNet)',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'There crops are 28 of 32 pixels, as 224 of 256.',
    'There is batch normalisation in place of local response normalisation, so that a short run is a trained net.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { lin2013 } from './_lin-2013.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'gap-vs-fc',
  title: 'Global average pooling against dense layers in NIN',
  question: 'Does global average pooling in place of a dense layer lower the error of Network in Network?',
  source: 'Lin, Chen & Yan 2013, arXiv:1312.4400, §4.6, table 5',
  believed:
    'Dense layers hold most weights and over-fit. If each map stands for a class, its mean is enough, and there is nothing left to over-fit.',
  tags: ['nin'],

  base: smallForm({ net: 'nin', steps: 600, rate: 0.01 }),

  factors: {
    head: {
      gap: { options: { head: 'gap' } },
      fc: { options: { head: 'fc' } },
      'fc-dropout': { options: { head: 'fc', headDropout: 0.5 } },
    },
  },

  tiers: {
    quick: quickTier(600),
    long: longTier(2300),
    full: lin2013(),
  },

  claims: [
    {
      id: 'gap-beats-fc',
      ...ERRS_LESS,
      statement: 'NIN errs less often with global average pooling than with a dense layer',
      contrast: { fc: 1, gap: -1 },
      margin: 0,
      published: '11.59 % with a dense layer, 10.41 % with global average pooling (CIFAR-10, table 5)',
    },
    {
      id: 'gap-beats-dropout',
      ...ERRS_LESS,
      statement: 'NIN errs less often with global average pooling than with a dense layer and dropout',
      contrast: { 'fc-dropout': 1, gap: -1 },
      margin: 0,
      published: '10.88 % with dense layer and dropout (CIFAR-10, table 5)',
    },
  ],

  limits: [SMALL_FOR_CIFAR, quickStopsAfter(0.64), 'Over-fitting, which the claim is about, needs many epochs.'],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

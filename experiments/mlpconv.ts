import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { lin2013 } from './_lin-2013.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'mlpconv',
  title: 'Layers of 1×1 convolutions behind each convolution',
  question: 'Do the 1×1 layers of Network in Network beat plain convolutions?',
  source: 'Lin, Chen & Yan 2013, arXiv:1312.4400, §3.1, table 1',
  believed:
    'A convolution draws one plane through its window. A small net in its place can draw any surface, and costs only 1×1 layers.',
  tags: ['nin'],

  base: smallForm({ net: 'nin', steps: 800, rate: 0.01 }),

  factors: { block: { conv: { options: { block: 'conv' } }, mlpconv: { options: { block: 'mlpconv' } } } },

  tiers: {
    quick: quickTier(800),
    long: longTier(3100),
    full: lin2013(),
  },

  claims: [
    {
      id: 'mlpconv-helps',
      ...ERRS_LESS,
      statement: 'NIN errs less often with its 1×1 layers than without',
      contrast: { conv: 1, mlpconv: -1 },
      margin: 0,
      published: '10.41 % against 11.68 % of a maxout net (CIFAR-10, table 1)',
    },
  ],

  limits: [
    SMALL_FOR_CIFAR,
    quickStopsAfter(0.85),
    'The net without 1×1 layers also has fewer parameters and a third of the depth.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { he2015Cifar, WARM_UP_STEPS } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'relu-on-the-skip',
  title: 'Where the nonlinearity of a residual unit stands',
  question: 'Does a nonlinearity or normalisation on the skip path hurt?',
  source: 'He, Zhang, Ren & Sun 2016, arXiv:1603.05027, §4.1, table 2, figure 4',
  believed:
    'As for preactivation: whatever is put on the skip path is passed a hundred times, so that even a harmless layer adds up.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-34', options: SMALL_RESNET, steps: 480, rate: 0.1 }),

  factors: {
    order: {
      original: { options: { order: 'original' } },
      'bn-after-add': { options: { order: 'bn-after-add' } },
      'relu-before-add': { options: { order: 'relu-before-add' } },
      preactivation: { options: { order: 'full-preactivation' } },
    },
  },

  tiers: {
    quick: quickTier(480),
    long: longTier(5300),
    full: he2015Cifar('resnet-110', WARM_UP_STEPS, { about: 'nets of 110 layers, as in He et al. 2016, table 2' }),
  },

  claims: [
    {
      id: 'bn-after-add-hurts',
      ...TRAINS_BETTER,
      statement: 'normalisation after the addition trains worse than the original unit',
      contrast: { 'bn-after-add': 1, original: -1 },
      margin: 0.02,
      published: '6.61 → 8.17 % (CIFAR-10, 110 layers, table 2)',
    },
    {
      id: 'relu-before-add-hurts',
      ...TRAINS_BETTER,
      statement: 'a ReLU before the addition trains worse than the original unit',
      contrast: { 'relu-before-add': 1, original: -1 },
      margin: 0.02,
      published: '6.61 → 7.84 %',
    },
    {
      id: 'preactivation-helps',
      ...TRAINS_BETTER,
      statement: 'full pre-activation trains better than the original unit',
      contrast: { original: 1, preactivation: -1 },
      margin: 0.02,
      published: '6.61 → 6.37 %',
    },
  ],

  limits: [
    SMALL_FOR_CIFAR,
    quickStopsAfter(0.51),
    'The paper’s nets, and the full tier’s, have 110 layers; at 20 layers normalisation after the addition is known to cost nothing.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

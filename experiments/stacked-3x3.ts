import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'stacked-3x3',
  title: 'Stacks of 3×3 kernels against one larger kernel',
  question: 'Do stacked 3×3 convolutions beat one convolution with the same receptive field?',
  source: 'Simonyan & Zisserman 2014, §2.3, §4.1',
  believed: 'Two 3×3 kernels see what a 5×5 sees, with fewer weights and a nonlinearity more.',
  tags: ['vgg'],

  base: smallForm({ net: 'vgg-d', steps: 500, rate: 0.02 }),

  factors: {
    kernel: {
      stack: { options: { kernel: '3x3-stack' } },
      '5x5': { options: { kernel: '5x5' } },
      '7x7': { options: { kernel: '7x7' } },
    },
  },

  tiers: {
    quick: quickTier(500),
    long: longTier(2500),
    full: simonyan2014('vgg-d', { about: 'D, since only its stages have triples; the paper’s 5×5 net is B’s' }),
  },

  claims: [
    {
      id: 'beats-5x5',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often with pairs of 3×3 kernels than with single 5×5 ones',
      contrast: { '5x5': 1, stack: -1 },
      margin: 0,
      published: 'top-1 error 7 points higher with 5×5 (B, ImageNet, §4.1)',
    },
    {
      id: 'beats-7x7',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often with triples of 3×3 kernels than with single 7×7 ones',
      contrast: { '7x7': 1, stack: -1 },
      margin: 0,
      published: 'argued from parameters: 27 against 49 of each filter (§2.3)',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.53),
    'A deeper stack starts more slowly: a short run favours single kernels.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

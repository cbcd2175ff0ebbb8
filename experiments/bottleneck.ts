import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { he2015ImageNet } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'bottleneck',
  title: 'Bottleneck against basic units',
  question: 'Do bottleneck units do what pairs of 3×3 convolutions do, or more, at about the same cost?',
  source: 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385, §4.1, tables 1 and 3',
  believed: '1×1 layers that narrow and widen again had made Inception cheap; the same should buy depth at equal cost.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-34', options: SMALL_RESNET, steps: 480, rate: 0.02 }),

  factors: { unit: { 'basic-34': { net: 'resnet-34' }, 'bottleneck-50': { net: 'resnet-50' } } },

  tiers: {
    quick: quickTier(480),
    long: longTier(10_000),
    full: he2015ImageNet('resnet-34', { shortcut: 'B' }),
  },

  claims: [
    {
      id: 'bottleneck-helps',
      ...ERRS_LESS,
      statement: 'the bottleneck net errs less often than the basic one',
      contrast: { 'basic-34': 1, 'bottleneck-50': -1 },
      margin: 0,
      published: '24.52 → 22.85 % top-1, both with projections (ImageNet, table 3)',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.51), 'The bottleneck net has more parameters, as in the paper.'],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

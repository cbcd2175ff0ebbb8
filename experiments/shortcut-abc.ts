import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN } from './_claims.ts';
import { he2015ImageNet } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'shortcut-abc',
  title: 'Three kinds of shortcuts in a residual net',
  question: 'Do zero-padding, projection on change and projection everywhere differ little?',
  source: 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385, §4.1, table 3',
  believed:
    'If shortcuts work because they carry the input on, how they change its shape should hardly matter, and projections everywhere should not be worth their cost.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-34', options: SMALL_RESNET, steps: 480, rate: 0.1 }),

  factors: {
    shortcut: {
      a: { options: { shortcut: 'A' } },
      b: { options: { shortcut: 'B' } },
      c: { options: { shortcut: 'C' } },
    },
  },

  tiers: {
    quick: quickTier(480),
    long: longTier(6900),
    full: he2015ImageNet('resnet-34'),
  },

  claims: [
    {
      id: 'b-is-a',
      ...ERRS_AS_OFTEN,
      statement: 'projections where the shape changes err about as often as zero-padding',
      contrast: { a: 1, b: -1 },
      margin: 0.01,
      published: '25.03 and 24.52 % top-1 (ImageNet, table 3)',
    },
    {
      id: 'c-is-b',
      ...ERRS_AS_OFTEN,
      statement: 'projections everywhere err about as often as projections where the shape changes',
      contrast: { b: 1, c: -1 },
      margin: 0.01,
      published: '24.52 and 24.19 % top-1',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.51)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

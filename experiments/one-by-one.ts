import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'one-by-one',
  title: '1×1 against 3×3 convolutions in VGG',
  question: 'Do additional 1×1 convolutions help (C over B), and 3×3 ones more (D over C)?',
  source: 'Simonyan & Zisserman 2014, §4.1, table 3',
  believed:
    '1×1 layers add a nonlinearity and no view. If C beats B, nonlinearity helps; if D beats C, so does seeing more.',
  tags: ['vgg'],

  base: smallForm({ net: 'vgg-b', steps: 500, rate: 0.02 }),

  factors: { net: { b: { net: 'vgg-b' }, c: { net: 'vgg-c' }, d: { net: 'vgg-d' } } },

  tiers: {
    quick: quickTier(500),
    long: longTier(3000),
    full: simonyan2014('vgg-b'),
  },

  claims: [
    {
      id: 'c-beats-b',
      ...ERRS_LESS,
      statement: 'VGG-C errs less often than VGG-B',
      contrast: { b: 1, c: -1 },
      margin: 0,
      published: '28.7 → 28.1 % top-1 (ImageNet, table 3)',
    },
    {
      id: 'd-beats-c',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often than VGG-C',
      contrast: { c: 1, d: -1 },
      margin: 0,
      published: '28.1 → 27.0 % top-1',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.53)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN, ERRS_LESS } from './_claims.ts';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'vgg-depth',
  title: 'VGG at four depths',
  question: 'Does the error fall from VGG-A to D and E?',
  source: 'Simonyan & Zisserman 2014, §4.1, table 3',
  believed: 'Depth had won in 2012. With small kernels throughout, it could be varied alone for the first time.',
  tags: ['vgg'],

  base: smallForm({ net: 'vgg-a', steps: 350, rate: 0.02 }),

  factors: { depth: { a: { net: 'vgg-a' }, b: { net: 'vgg-b' }, d: { net: 'vgg-d' }, e: { net: 'vgg-e' } } },

  tiers: {
    quick: quickTier(350),
    long: longTier(2100),
    full: simonyan2014('vgg-a'),
  },

  claims: [
    {
      id: 'd-beats-a',
      ...ERRS_LESS,
      statement: 'VGG-D errs less often than VGG-A',
      contrast: { a: 1, d: -1 },
      margin: 0,
      published: '29.6 → 27.0 % top-1 (ImageNet, table 3)',
    },
    {
      id: 'b-beats-a',
      ...ERRS_LESS,
      statement: 'VGG-B errs less often than VGG-A',
      contrast: { a: 1, b: -1 },
      margin: 0,
      published: '29.6 → 28.7 % top-1',
    },
    {
      id: 'e-is-d',
      ...ERRS_AS_OFTEN,
      statement: 'VGG-E errs about as often as VGG-D',
      contrast: { d: 1, e: -1 },
      margin: 0.01,
      published: '27.0 and 27.3 % top-1 at one scale',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.37),
    'Deeper nets without normalisation start more slowly: a short run can turn the order round.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN } from './_claims.ts';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'lrn-vgg',
  title: 'VGG-A with and without local response normalisation',
  question: 'Does local response normalisation help VGG-A?',
  source: 'Simonyan & Zisserman 2014, arXiv:1409.1556, §4.1, table 3',
  believed: 'AlexNet had reported a gain. VGG’s authors tried it once, saw none, and left it out of everything deeper.',
  tags: ['vgg'],

  base: smallForm({ net: 'vgg-a', steps: 800, rate: 0.02 }),

  factors: { norm: { none: { net: 'vgg-a' }, lrn: { net: 'vgg-a-lrn' } } },

  tiers: {
    quick: quickTier(800),
    long: longTier(7300),
    full: simonyan2014('vgg-a'),
  },

  claims: [
    {
      id: 'does-not-help',
      ...ERRS_AS_OFTEN,
      statement: 'VGG-A errs about as often with local response normalisation as without',
      contrast: { none: 1, lrn: -1 },
      margin: 0.01,
      published: 'validation top-1 error 29.6 % without, 29.7 % with (ImageNet, table 3)',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.85),
    'Below the full tier inputs are standardised: in the first layers α Σ a² is small against k, and normalisation nearly a constant.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

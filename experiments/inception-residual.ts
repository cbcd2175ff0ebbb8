import { defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { szegedy2016 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'inception-residual',
  title: 'Inception with and without shortcuts',
  question: 'Do residual connections speed the training of Inception?',
  source: 'Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261, §5',
  believed:
    'Shortcuts had just won with nets of 152 layers; they were expected to help the deepest Inception too. The authors found them faster and, in the end, not better.',
  tags: ['inception', 'residual'],

  base: smallForm({ net: 'inception-resnet-v1', steps: 350, rate: 0.05 }),

  factors: { shortcut: { none: { options: { shortcut: 'none' } }, identity: { options: { shortcut: 'identity' } } } },

  tiers: {
    quick: quickTier(350),
    long: longTier(2900),
    full: szegedy2016({
      about: 'Inception-v4 against Inception-ResNet-v2, as in figure 25',
      factors: { shortcut: { none: { net: 'inception-v4' }, identity: { net: 'inception-resnet-v2' } } },
    }),
  },

  claims: [
    {
      id: 'trains-faster',
      ...TRAINS_BETTER,
      statement: 'with shortcuts the net reaches a lower training loss in as many steps',
      contrast: { none: 1, identity: -1 },
      margin: 0.02,
      published: 'faster, and about equal at the end (ImageNet, figures 21 to 26)',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, quickStopsAfter(0.37)],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

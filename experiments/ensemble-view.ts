import { defineExperiment } from 'convbench';
import { he2015Cifar, WARM_UP_STEPS } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'ensemble-view',
  title: 'A trained net without one of its units',
  question: 'Does taking one unit out cost a trained residual net little, and a plain net all?',
  source: 'Veit, Wilber & Belongie 2016, arXiv:1605.06431, §4.1, figure 3',
  believed:
    'A residual net written out is a sum over paths of all lengths, most of them short. Taking one unit out then removes half of the paths and leaves the other half.',
  tags: ['residual'],
  reading: 'The cost is a mean over units that keep their shape: a single unit may still matter much.',

  base: {
    ...smallForm({ net: 'resnet-18', options: SMALL_RESNET, steps: 1000, rate: 0.05 }),
    evaluate: { every: 500, images: 2000, lesions: 2000 },
  },

  factors: { kind: { plain: { options: { shortcut: 'none' } }, residual: { options: { shortcut: 'A' } } } },

  tiers: {
    quick: quickTier(1000),
    long: longTier(14000, 60_000, { lesions: 'all' }),
    full: he2015Cifar('resnet-110', WARM_UP_STEPS, {
      about: 'nets of 110 layers, as in Veit et al. 2016, §4.1; the plain one is the residual one’s twin',
      config: { evaluate: { lesions: 'all' } },
    }),
  },

  claims: [
    {
      id: 'plain-breaks',
      kind: 'superiority',
      statement: 'taking one unit out raises the error of the plain net more than that of the residual net',
      metric: 'lesion.cost.top1',
      unit: 'pp',
      contrast: { plain: 1, residual: -1 },
      margin: 0.2,
      published:
        'from about 7 to 90 % for any layer of VGG, hardly at all for most units of a 110-layer residual net (CIFAR-10, figure 3)',
    },
  ],

  limits: [
    SMALL_FOR_CIFAR,
    quickStopsAfter(1.1),
    'Below the full tier: an 18-layer net has five units that keep their shape: each is a larger part of it than one of 54.',
    'The plain net is the residual net’s twin, not VGG.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

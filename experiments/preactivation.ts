import { type Claim, defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { he2015Cifar, WARM_UP_STEPS } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'preactivation',
  title: 'Pre-activation units at two depths',
  question: 'Does pre-activation ease training, the more so the deeper the net?',
  source: 'He, Zhang, Ren & Sun 2016, arXiv:1603.05027, §4, table 3',
  believed:
    'If nothing stands on the skip path, a gradient reaches every unit unchanged. With the nonlinearity behind the addition it does not.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-18', options: SMALL_RESNET, steps: 480, rate: 0.1 }),

  factors: {
    version: { v1: { options: { order: 'original' } }, v2: { options: { order: 'full-preactivation' } } },
    depth: { '18': { net: 'resnet-18' }, '34': { net: 'resnet-34' } },
  },

  tiers: {
    quick: quickTier(480),
    long: longTier(6900),
    full: he2015Cifar('resnet-110', WARM_UP_STEPS, {
      about: 'nets of 110 layers and, with bottlenecks, of 164, as in He et al. 2016, tables 2 and 3',
      factors: { depth: { '110': { net: 'resnet-110' }, '164': { net: 'resnet-164' } } },
      claims: claimsOf(110, 164),
    }),
  },

  claims: claimsOf(18, 34),

  limits: [SMALL_FOR_CIFAR, quickStopsAfter(0.51), 'The paper’s gains begin at a hundred layers.'],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

function claimsOf(shallow: number, deep: number): Claim[] {
  return [
    {
      id: 'v2-trains-better',
      ...TRAINS_BETTER,
      statement: `at ${deep} layers the pre-activation net reaches a lower training loss`,
      contrast: { [`v1-${deep}`]: 1, [`v2-${deep}`]: -1 },
      margin: 0.02,
      published: '6.61 → 6.37 % at 110 layers (CIFAR-10, table 2)',
    },
    {
      id: 'the-more-the-deeper',
      kind: 'interaction',
      statement: `pre-activation gains more at ${deep} layers than at ${shallow}`,
      metric: 'train.loss',
      unit: 'nats',
      contrast: { [`v1-${deep}`]: 1, [`v2-${deep}`]: -1, [`v1-${shallow}`]: -1, [`v2-${shallow}`]: 1 },
      margin: 0.02,
      published: '7.61 → 4.92 % at 1001 layers, 5.93 → 5.46 % at 164 with bottlenecks (CIFAR-10, tables 2 and 3)',
    },
  ];
}

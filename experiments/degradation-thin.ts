import { type Claim, defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { he2015Cifar } from './_he-2015.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'degradation-thin',
  title: 'Plain and residual nets of 20 to 56 layers',
  question: 'Do thin plain nets train worse the deeper they are, and thin residual nets not?',
  source: 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385, §4.2, figure 6',
  believed: 'The same as degradation-34, on nets so thin that depth alone is what varies, and at four depths.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-20', options: { stemStride: 2, width: 0.5 }, steps: 300, rate: 0.1 }),

  factors: {
    kind: { plain: { options: { shortcut: 'none' } }, residual: { options: { shortcut: 'A' } } },
    depth: {
      20: { net: 'resnet-20' },
      32: { net: 'resnet-32' },
      44: { net: 'resnet-44' },
      56: { net: 'resnet-56' },
    },
  },

  tiers: {
    quick: quickTier(300),
    long: longTier(3700),
    full: he2015Cifar('resnet-20', 0),
  },

  claims: [
    {
      id: 'interaction',
      kind: 'interaction',
      statement: 'going from 20 to 56 layers costs the plain net more training loss than it costs the residual net',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'plain-56': 1, 'plain-20': -1, 'residual-56': -1, 'residual-20': 1 },
      margin: 0.1,
      published: 'training error of the plain nets rises with depth, of the residual nets falls (CIFAR-10, figure 6)',
    },
    worseThan(20, 32),
    worseThan(32, 44),
    worseThan(44, 56),
  ],

  limits: [
    SMALL_FOR_CIFAR,
    QUICK_SHOWS_STARTS,
    'Deep residual nets start slowly too: the difference between the kinds is asked, not that the residual nets improve.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

function worseThan(shallow: number, deep: number): Claim {
  return {
    id: `plain-${deep}`,
    ...TRAINS_BETTER,
    statement: `the plain net has a higher training loss at ${deep} layers than at ${shallow}`,
    contrast: { [`plain-${deep}`]: 1, [`plain-${shallow}`]: -1 },
    margin: 0,
    published: 'as above',
  };
}

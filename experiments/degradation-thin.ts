import { defineExperiment } from 'convbench';
import { he2015Cifar } from './_he-2015.ts';
import { longTier, quickTier } from './_tiers.ts';

export default defineExperiment({
  id: 'degradation-thin',
  title: 'Plain and residual nets of 20 to 56 layers',
  question: 'Do thin plain nets train worse the deeper they are, and thin residual nets not?',
  source: 'He, Zhang, Ren & Sun 2015, arXiv:1512.03385, §4.2, figure 6',
  believed: 'The same as degradation-34, on nets so thin that depth alone is what varies, and at four depths.',
  tags: ['residual'],

  base: {
    net: 'resnet-20',
    options: { form: 'small', stemStride: 2, width: 0.5 },
    dataset: 'fashion-mnist',
    steps: 300,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.1, weightDecay: 0.0001 },
  },

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
    {
      id: 'plain-32',
      kind: 'superiority',
      statement: 'the plain net has a higher training loss at 32 layers than at 20',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'plain-32': 1, 'plain-20': -1 },
      margin: 0,
      published: 'as above',
    },
    {
      id: 'plain-44',
      kind: 'superiority',
      statement: 'the plain net has a higher training loss at 44 layers than at 32',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'plain-44': 1, 'plain-32': -1 },
      margin: 0,
      published: 'as above',
    },
    {
      id: 'plain-56',
      kind: 'superiority',
      statement: 'the plain net has a higher training loss at 56 layers than at 44',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'plain-56': 1, 'plain-44': -1 },
      margin: 0,
      published: 'as above',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for CIFAR-10 and the paper’s nets.',
    'The quick tier shows how the nets start, not where they end: that is the long tier’s.',
    'Deep residual nets start slowly too: the difference between the kinds is asked, not that the residual nets improve.',
  ],

  history: [
    'Margin, rule and budget: set before any run but those of the smoke tier, from the published effect and the machine time of a quick tier alone.',
  ],
});

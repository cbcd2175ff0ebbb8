import { defineExperiment } from 'convbench';
import { lin2013 } from './_lin-2013.ts';
import { longTier } from './_tiers.ts';

export default defineExperiment({
  id: 'mlpconv',
  title: 'Layers of 1×1 convolutions behind each convolution',
  question: 'Do the 1×1 layers of Network in Network beat plain convolutions?',
  source: 'Lin, Chen & Yan 2013, arXiv:1312.4400, §3.1, table 1',
  believed:
    'A convolution draws one plane through its window. A small net in its place can draw any surface, and costs only 1×1 layers.',
  tags: ['nin'],

  base: {
    net: 'nin',
    options: { form: 'small' },
    dataset: 'fashion-mnist',
    steps: 800,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.01, weightDecay: 0.0001 },
  },

  factors: { block: { conv: { options: { block: 'conv' } }, mlpconv: { options: { block: 'mlpconv' } } } },

  tiers: {
    quick: { seeds: 5, decides: true, about: '800 steps of 64 images, 0.85 epochs' },
    long: longTier(3100),
    full: lin2013(),
  },

  claims: [
    {
      id: 'mlpconv-helps',
      kind: 'superiority',
      statement: 'NIN errs less often with its 1×1 layers than without',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv: 1, mlpconv: -1 },
      margin: 0,
      published: '10.41 % against 11.68 % of a maxout net (CIFAR-10, table 1)',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for CIFAR-10 and the paper’s nets.',
    'The quick tier stops after 0.85 epochs: it shows how the nets start, not where they end: that is the long tier’s.',
    'The net without 1×1 layers also has fewer parameters and a third of the depth.',
  ],

  history: [
    'Margin and budget: set before the first run, from the published effect and the machine time of a quick tier alone.',
  ],
});

import { defineExperiment } from 'convbench';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier } from './_tiers.ts';

export default defineExperiment({
  id: 'max-vs-average-pool',
  title: 'Max against average pooling in AlexNet',
  question: 'Does max pooling beat average pooling in AlexNet?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.4; Scherer, Müller & Behnke 2010',
  believed:
    'The strongest answer of a feature says that it is there; a mean drowns it where the feature is rare. The lecture says so without a figure.',
  tags: ['alexnet'],

  base: {
    net: 'alexnet',
    options: { form: 'small' },
    dataset: 'fashion-mnist',
    steps: 500,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.01, weightDecay: 0.0001 },
  },

  factors: { pooling: { max: { options: { pooling: 'max' } }, average: { options: { pooling: 'avg' } } } },

  tiers: {
    quick: { seeds: 5, decides: true, about: '500 steps of 64 images, 0.53 epochs' },
    long: longTier(2900),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'max-wins',
      kind: 'superiority',
      statement: 'AlexNet errs less often with max pooling than with average pooling',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { average: 1, max: -1 },
      margin: 0,
      published: 'AlexNet uses max pooling and gives no comparison',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.',
    'The quick tier stops after 0.53 epochs: it shows how the nets start, not where they end: that is the long tier’s.',
  ],

  history: [
    'Margin and budget: set before the first run, from the published effect and the machine time of a quick tier alone.',
  ],
});

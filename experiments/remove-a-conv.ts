import { defineExperiment } from 'convbench';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier } from './_tiers.ts';

export default defineExperiment({
  id: 'remove-a-conv',
  title: 'AlexNet without one of its convolutions',
  question: 'Does removing any convolution cost accuracy, though it holds few parameters?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §7',
  believed:
    'Removing any convolution cost about two points, although none holds more than a few per cent of the weights: depth itself was believed to matter.',
  tags: ['alexnet'],

  base: {
    net: 'alexnet',
    options: { form: 'small', width: 0.5 },
    dataset: 'fashion-mnist',
    steps: 380,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.01, weightDecay: 0.0001 },
  },

  factors: {
    without: {
      full: {},
      conv1: { options: { remove: 'conv1' } },
      conv2: { options: { remove: 'conv2' } },
      conv3: { options: { remove: 'conv3' } },
      conv4: { options: { remove: 'conv4' } },
      conv5: { options: { remove: 'conv5' } },
    },
  },

  conjunction: {
    id: 'each-matters',
    statement: 'the net errs more often without any one of its convolutions',
    parts: ['conv1-matters', 'conv2-matters', 'conv3-matters', 'conv4-matters', 'conv5-matters'],
    published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
  },

  tiers: {
    quick: quickTier(380),
    long: longTier(4800),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'conv1-matters',
      kind: 'superiority',
      statement: 'the net errs more often without convolution 1',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv1: 1, full: -1 },
      margin: 0,
      published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
    },
    {
      id: 'conv2-matters',
      kind: 'superiority',
      statement: 'the net errs more often without convolution 2',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv2: 1, full: -1 },
      margin: 0,
      published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
    },
    {
      id: 'conv3-matters',
      kind: 'superiority',
      statement: 'the net errs more often without convolution 3',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv3: 1, full: -1 },
      margin: 0,
      published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
    },
    {
      id: 'conv4-matters',
      kind: 'superiority',
      statement: 'the net errs more often without convolution 4',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv4: 1, full: -1 },
      margin: 0,
      published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
    },
    {
      id: 'conv5-matters',
      kind: 'superiority',
      statement: 'the net errs more often without convolution 5',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { conv5: 1, full: -1 },
      margin: 0,
      published: 'about 2 % top-1 for any of the middle layers (ImageNet, §7)',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.',
    'The quick tier shows how the nets start, not where they end: that is the long tier’s.',
    'A shallower net starts faster: a short run can turn the order round.',
  ],

  history: [
    'Margin, rule and budget: set before any run but those of the smoke tier, from the published effect and the machine time of a quick tier alone.',
  ],
});

import { defineExperiment } from 'convbench';
import { szegedy2016 } from './_szegedy.ts';
import { longTier } from './_tiers.ts';

export default defineExperiment({
  id: 'inception-residual',
  title: 'Inception with and without shortcuts',
  question: 'Do residual connections speed the training of Inception?',
  source: 'Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261, §5',
  believed:
    'Shortcuts had just won with nets of 152 layers; they were expected to help the deepest Inception too. The authors found them faster and, in the end, not better.',
  tags: ['inception', 'residual'],

  base: {
    net: 'inception-resnet-v1',
    options: { form: 'small' },
    dataset: 'fashion-mnist',
    steps: 350,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.05, weightDecay: 0.0001 },
  },

  factors: { shortcut: { none: { options: { shortcut: 'none' } }, identity: { options: { shortcut: 'identity' } } } },

  tiers: {
    quick: { seeds: 5, decides: true, about: '350 steps of 64 images, 0.37 epochs' },
    long: longTier(2900),
    full: szegedy2016({
      about: 'Inception-v4 against Inception-ResNet-v2, as in figure 25',
      factors: { shortcut: { none: { net: 'inception-v4' }, identity: { net: 'inception-resnet-v2' } } },
    }),
  },

  claims: [
    {
      id: 'trains-faster',
      kind: 'superiority',
      statement: 'with shortcuts the net reaches a lower training loss in as many steps',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { none: 1, identity: -1 },
      margin: 0.02,
      published: 'faster, and about equal at the end (ImageNet, figures 21 to 26)',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.',
    'The quick tier stops after 0.37 epochs: it shows how the nets start, not where they end: that is the long tier’s.',
  ],

  history: [
    'Margin and budget: set before the first run, from the published effect and the machine time of a quick tier alone.',
  ],
});

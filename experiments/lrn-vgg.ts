import { defineExperiment } from 'convbench';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier } from './_tiers.ts';

export default defineExperiment({
  id: 'lrn-vgg',
  title: 'VGG-A with and without local response normalisation',
  question: 'Does local response normalisation help VGG-A?',
  source: 'Simonyan & Zisserman 2014, arXiv:1409.1556, §4.1, table 3',
  believed: 'AlexNet had reported a gain. VGG’s authors tried it once, saw none, and left it out of everything deeper.',
  tags: ['vgg'],

  base: {
    net: 'vgg-a',
    options: { form: 'small' },
    dataset: 'fashion-mnist',
    steps: 800,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.02, weightDecay: 0.0001 },
  },

  factors: { norm: { none: { net: 'vgg-a' }, lrn: { net: 'vgg-a-lrn' } } },

  tiers: {
    quick: { seeds: 5, decides: true, about: '800 steps of 64 images, 0.85 epochs' },
    long: longTier(7300),
    full: simonyan2014('vgg-a'),
  },

  claims: [
    {
      id: 'does-not-help',
      kind: 'equivalence',
      statement: 'VGG-A errs about as often with local response normalisation as without',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { none: 1, lrn: -1 },
      margin: 0.01,
      published: 'validation top-1 error 29.6 % without, 29.7 % with (ImageNet, table 3)',
    },
  ],

  limits: [
    'Below the full tier, Fashion-MNIST at 28 pixels and a net of some hundred thousand parameters stand for ImageNet at 224 pixels.',
    'The quick tier stops after 0.85 epochs: it shows how the nets start, not where they end: that is the long tier’s.',
    'Below the full tier inputs are standardised: in the first layers α Σ a² is small against k, and normalisation nearly a constant.',
  ],

  history: [
    'Margin and budget: set before the first run, from the published effect and the machine time of a quick tier alone.',
  ],
});

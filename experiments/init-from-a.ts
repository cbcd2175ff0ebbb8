import { defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'init-from-a',
  title: 'VGG-D started from the weights of A',
  question: 'Does a deeper VGG converge faster from A’s weights than from random ones?',
  source: 'Simonyan & Zisserman 2014, §3.1',
  believed:
    'Nets of 16 and 19 layers did not start from random weights, and eleven did. The paper found out afterwards that Glorot’s deviations would have done as well.',
  tags: ['vgg'],

  base: smallForm({ net: 'vgg-d', steps: 500, rate: 0.02 }),

  factors: {
    start: {
      a: { net: 'vgg-a' },
      random: {},
      'from-a': { start: { arm: 'a', layers: ['conv1_1', 'conv2_1', 'conv3_1', 'conv3_2', 'fc6', 'fc7', 'fc8'] } },
    },
  },

  tiers: {
    quick: quickTier(500),
    long: longTier(3000),
    full: simonyan2014('vgg-d'),
  },

  claims: [
    {
      id: 'converges-faster',
      ...TRAINS_BETTER,
      statement: 'VGG-D reaches a lower training loss from A’s weights than from random ones',
      contrast: { random: 1, 'from-a': -1 },
      margin: 0.05,
      published: '“the nets required less epochs to converge” (§3.1), without a figure',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.53),
    'The steps that A was trained for are not counted.',
    'Layers are taken over by name: the paper says the first four convolutions and the dense layers, and ours are A’s first four.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { epochsOf, onceAnEpoch } from './_imagenet.ts';
import { longTier, paperTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

export default defineExperiment({
  id: 'relu-sigmoid',
  title: 'Rectified against saturating units at two depths',
  question: 'Do rectified units train where saturating ones stall, the more so the deeper the net?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.1, figure 1',
  believed:
    'A saturated unit has no gradient, and a product of many small ones vanishes. A rectified unit passes it whole or not at all.',
  tags: ['alexnet'],

  base: smallForm({ net: 'vgg-a', steps: 250, rate: 0.02 }),

  factors: {
    activation: {
      relu: { options: { activation: 'relu' } },
      tanh: { options: { activation: 'tanh' } },
      sigmoid: { options: { activation: 'sigmoid' } },
    },
    depth: { '11': { net: 'vgg-a' }, '16': { net: 'vgg-d' } },
  },

  tiers: {
    quick: quickTier(250),
    long: longTier(1700),
    full: paperTier(
      'CIFAR-10 for the 40 epochs of figure 1, without regularisation; the paper’s four layers are not described, so VGG-A and D stand for them, and batch and rate are ours',
      {
        net: 'vgg-a',
        options: { form: 'paper', dropout: 0 },
        dataset: 'cifar-10',
        steps: epochsOf(40, 128, 50_000),
        batch: 128,
        optimiser: { kind: 'sgd', rate: 0.01 },
        ...onceAnEpoch(128, 50_000),
      },
    ),
  },

  claims: [
    {
      id: 'relu-beats-tanh',
      ...TRAINS_BETTER,
      statement: 'with 11 layers rectified units reach a lower training loss than tanh',
      contrast: { 'tanh-11': 1, 'relu-11': -1 },
      margin: 0.05,
      published: 'six times fewer epochs to 25 % training error (CIFAR-10, four layers, figure 1)',
    },
    {
      id: 'relu-beats-sigmoid',
      ...TRAINS_BETTER,
      statement: 'with 11 layers rectified units reach a lower training loss than sigmoids',
      contrast: { 'sigmoid-11': 1, 'relu-11': -1 },
      margin: 0.05,
      published: '“several times slower” for saturating units (§3.1)',
    },
    {
      id: 'the-more-the-deeper',
      kind: 'interaction',
      statement: 'going from 11 to 16 layers costs tanh more training loss than rectified units',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'tanh-16': 1, 'tanh-11': -1, 'relu-16': -1, 'relu-11': 1 },
      margin: 0.05,
      published: 'no figure: the paper argues it from one depth',
    },
  ],

  limits: [
    SMALL_FOR_CIFAR,
    quickStopsAfter(0.27),
    'All arms have one rate, where the paper chose one for each, and start alike: below the full tier from He’s deviations, made for rectified units, there from Glorot’s.',
    'A net that stalls at the loss of a guess cannot get worse with depth: the interaction is asked of tanh, not of sigmoids.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

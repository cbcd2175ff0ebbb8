import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { longTier, quickTier } from './_tiers.ts';
import { SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'perceptron-xor',
  title: 'A perceptron and exclusive or',
  question: 'Can one layer learn what no line separates, and can a hidden layer?',
  source: 'Rosenblatt 1957; Minsky & Papert 1969, Perceptrons',
  believed:
    'Perceptrons were expected to learn whatever they can be shown. Minsky and Papert proved in 1969 what one layer cannot, and for a while that was taken for a limit of all nets.',
  tags: ['history'],

  base: {
    net: 'perceptron',
    options: {},
    dataset: 'xor',
    steps: 600,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.1, weightDecay: 0 },
    evaluate: { every: 100, images: 'all' },
  },

  factors: {
    layers: { one: {}, hidden: { options: { hidden: 16 } } },
  },

  tiers: {
    quick: quickTier(600, 4000),
    long: longTier(6000, 4000),
    full: {
      ...longTier(6000, 4000),
      seeds: 20,
      about: 'no paper trained this, since the claim is a theorem: as the long tier, with 20 seeds',
    },
  },

  claims: [
    {
      id: 'hidden-layer-learns',
      ...ERRS_LESS,
      statement: 'with a hidden layer the net errs at least 30 points less often than one layer',
      contrast: { one: 1, hidden: -1 },
      margin: 0.3,
      published: 'one layer cannot (Minsky & Papert 1969): at best 25 % of the four cases wrong',
    },
  ],

  limits: [
    'Two marks on a grid with noise: whether exactly one of them is there. It is the smallest case, not Minsky and Papert’s theorems on connectedness.',
    'The single layer is trained by cross-entropy, not by Rosenblatt’s rule; no rule can make it separate the classes.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

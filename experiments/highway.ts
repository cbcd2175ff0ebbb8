import { defineExperiment } from 'convbench';
import { TRAINS_BETTER } from './_claims.ts';
import { epochsOf, onceAnEpoch } from './_imagenet.ts';
import { longTier, paperTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN } from './_words.ts';

export default defineExperiment({
  id: 'highway',
  title: 'Gated and identity skips at two depths',
  question: 'Do gated skips train at a depth where the plain net stalls?',
  source: 'Srivastava, Greff & Schmidhuber 2015, arXiv:1505.00387 and 1507.06228, §3.1',
  believed:
    'Gates had let recurrent nets remember over hundreds of steps. The same gates between layers should let hundreds of layers train.',
  tags: ['residual'],

  base: smallForm({ net: 'highway-10', steps: 1000, rate: 0.01 }),

  factors: {
    skip: {
      plain: { options: { shortcut: 'none' } },
      highway: { options: { shortcut: 'gate' } },
      residual: { options: { shortcut: 'identity' } },
    },
    depth: { '10': { net: 'highway-10' }, '50': { net: 'highway-50' } },
  },

  tiers: {
    quick: quickTier(1000),
    long: longTier(14000),
    full: paperTier(
      'MNIST, nets of 50 units, the plain ones of 71, for the 400 epochs of figure 1; batch and rates, which the paper searched for each net, are ours',
      {
        net: 'highway-10',
        options: { form: 'paper' },
        dataset: 'mnist',
        steps: epochsOf(400, 128, 60_000),
        batch: 128,
        optimiser: { kind: 'sgd', rate: 0.01, schedule: { kind: 'epochs', epochs: 1, factor: 0.99 } },
        ...onceAnEpoch(128, 60_000),
      },
      {
        factors: {
          skip: {
            plain: { options: { shortcut: 'none', units: 71 } },
            highway: { options: { shortcut: 'gate' } },
            residual: { options: { shortcut: 'identity' } },
          },
        },
      },
    ),
  },

  claims: [
    {
      id: 'trains-at-50',
      ...TRAINS_BETTER,
      statement: 'at 50 layers the highway net reaches a lower training loss than the plain net',
      contrast: { 'plain-50': 1, 'highway-50': -1 },
      margin: 0.1,
      published: 'plain nets get worse beyond 10 layers, highway nets of 50 and 100 do not (MNIST, figure 1)',
    },
    {
      id: 'the-more-the-deeper',
      kind: 'interaction',
      statement: 'going from 10 to 50 layers costs the plain net more than it costs the highway net',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { 'plain-50': 1, 'plain-10': -1, 'highway-50': -1, 'highway-10': 1 },
      margin: 0.1,
      published: 'figure 1',
    },
  ],

  limits: [
    quickStopsAfter(1.1),
    'Below the full tier Fashion-MNIST stands for MNIST; in all of them there is one rate for all arms, where the paper searched one for each net.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

import { defineExperiment } from 'convbench';

export default defineExperiment({
  id: 'NAME',
  title: 'A plain and a residual net',
  question: 'Do shortcuts make an 18-layer net train better?',
  source: 'whose claim it is: authors, year, section, table',

  // What all arms share. `bench nets list` and `bench data list` say what there is.
  base: {
    net: 'resnet-18',
    options: { form: 'small', widths: [8, 8, 16, 32], stemStride: 2 },
    dataset: 'fashion-mnist',
    steps: 120,
    batch: 64,
    optimiser: { kind: 'sgd', rate: 0.05, weightDecay: 0.0001 },
  },

  // What is varied: each level changes the base. Arms are all combinations of levels.
  factors: {
    shortcut: {
      none: { options: { shortcut: 'none' } },
      identity: { options: { shortcut: 'A' } },
    },
  },

  tiers: { quick: { seeds: 5, decides: true, about: '120 steps of 64 images, 0.13 epochs' } },

  // Margins are set before the first run. An effect above 0 supports the claim.
  claims: [
    {
      id: 'shortcuts-help',
      kind: 'superiority',
      statement: 'the residual net reaches a lower training loss than the plain one',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { none: 1, identity: -1 },
      margin: 0,
      published: 'the figure of the source',
    },
  ],

  limits: ['What the small form cannot show.'],
  history: ['When and from what the margin was set.'],
});

import { defineExperiment } from 'convbench';

export default defineExperiment({
  id: 'width',
  title: 'A narrow and a wide net',
  question: 'Does a net with more filters learn the images faster?',
  source: 'ours',
  base: {
    net: 'tiny',
    dataset: 'folder:images',
    steps: 60,
    batch: 16,
    optimiser: { kind: 'sgd', rate: 0.05 },
    evaluate: { images: 'all' },
  },
  factors: { filters: { narrow: { options: { filters: [2, 4] } }, wide: { options: { filters: [16, 32] } } } },
  tiers: { quick: { seeds: 5, decides: true, about: '60 steps of 16 images' } },
  claims: [
    {
      id: 'wide-is-faster',
      kind: 'superiority',
      statement: 'after 60 steps the wide net has a lower training loss than the narrow one',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { narrow: 1, wide: -1 },
      margin: 0.02,
      published: 'nowhere',
    },
  ],
  limits: ['Stripes are no photographs.'],
  history: ['The margin was set before the first run.'],
});

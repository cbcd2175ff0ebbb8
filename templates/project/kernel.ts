import { defineExperiment } from 'convbench';

export default defineExperiment({
  id: 'kernel',
  title: 'A net that looks around, and one that does not',
  question: 'Must a net see the neighbours of a pixel to tell the images apart?',
  source: 'ours',
  base: {
    net: 'tiny',
    dataset: 'folder:images',
    steps: 60,
    batch: 16,
    optimiser: { kind: 'sgd', rate: 0.05 },
    evaluate: { images: 'all' },
  },
  factors: { kernel: { one: { options: { kernel: 1 } }, three: { options: { kernel: 3 } } } },
  tiers: { quick: { seeds: 5, decides: true, about: '60 steps of 16 images' } },
  claims: [
    {
      id: 'neighbours-help',
      kind: 'superiority',
      statement: 'with kernels of 3×3 the training loss becomes lower than with 1×1',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { one: 1, three: -1 },
      margin: 0.05,
      published: 'nowhere',
    },
  ],
  limits: ['Stripes are no photographs.'],
  history: ['The margin was set before the first run.'],
});

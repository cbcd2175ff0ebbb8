/** Two nets of local, shared features and a fully connected one, on test digits that are not as those they learnt. */
import { ERRS_LESS } from './_claims.ts';
import { epochsOf, onceAnEpoch } from './_imagenet.ts';
import { longTier, paperTier, quickTier, smallForm } from './_tiers.ts';

/** `changed` is how a sentence calls the digits; `published` what the two papers say of each net. */
export const tolerance = (dataset: string, changed: string, published: { lenet: string; neocognitron: string }) => ({
  question: `Do nets of local, shared features recognise ${changed} digits where a fully connected net of equal size fails?`,
  source: 'Fukushima 1980, Biological Cybernetics 36; LeCun, Bottou, Bengio & Haffner 1998',
  tags: ['history'],

  base: smallForm({ net: 'lenet-5-modern', dataset, steps: 500, rate: 0.02 }),

  factors: {
    net: {
      connected: { net: 'perceptron', options: { hidden: 78 } },
      lenet: { net: 'lenet-5-modern' },
      neocognitron: { net: 'neocognitron' },
    },
  },

  tiers: {
    quick: quickTier(500),
    long: longTier(5000),
    full: paperTier(
      'MNIST in 20 passes, one image at a time, as in LeCun et al. 1998, §III.B; the rates, which the paper scales by second derivatives, are ours',
      {
        net: 'lenet-5-modern',
        options: { form: 'small' },
        dataset,
        steps: epochsOf(20, 1, 60_000),
        batch: 1,
        optimiser: {
          kind: 'sgd',
          rate: 0.002,
          momentum: 0,
          // Passes after which the paper's rate falls, to a half on average.
          schedule: { kind: 'step', at: [0.1, 0.25, 0.4, 0.6], factor: 0.5 },
        },
        ...onceAnEpoch(1, 60_000),
      },
    ),
  },

  claims: [
    {
      id: 'lenet-beats-connected',
      ...ERRS_LESS,
      statement: `on ${changed} digits LeNet-5 errs at least 5 points less often than a fully connected net of its size`,
      contrast: { connected: 1, lenet: -1 },
      margin: 0.05,
      published: published.lenet,
    },
    {
      id: 'neocognitron-beats-connected',
      ...ERRS_LESS,
      statement: `on ${changed} digits the Neocognitron errs at least 5 points less often than the fully connected net`,
      contrast: { connected: 1, neocognitron: -1 },
      margin: 0.05,
      published: published.neocognitron,
    },
  ],
});

export const SIZES =
  'The fully connected net has 62,098 parameters, LeNet-5 61,706; the Neocognitron learns most of its own without labels.';

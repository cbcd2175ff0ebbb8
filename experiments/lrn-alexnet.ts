import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { ALEXNET_INPUT, krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'lrn-alexnet',
  title: 'Local response normalisation in AlexNet',
  question: 'Does local response normalisation lower the error of AlexNet?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §3.3',
  believed:
    'Neighbouring maps that compete were known from the retina, and the net won by a wide margin with it. VGG found no gain two years later, and nobody uses it now.',
  tags: ['alexnet'],
  reading:
    'Each arm is shown at its best rate. If the claim holds at one rate only, it is a claim about that rate: the verdict with one rate for all says over which band it holds.',

  base: {
    ...smallForm({ net: 'alexnet', options: { width: 0.5 }, steps: 260, rate: 0.00005 }),
    input: { scale: 'centred', validationShare: 0.05 },
  },

  factors: {
    norm: { none: { options: { norm: 'none' } }, lrn: { options: { norm: 'lrn' } } },
    rate: {
      low: { optimiser: { rate: 0.00001 } },
      middle: { optimiser: { rate: 0.00005 } },
      high: { optimiser: { rate: 0.0002 } },
    },
  },

  choice: { factor: 'rate', by: 'validation.loss' },

  tiers: {
    quick: quickTier(260),
    long: longTier(3700),
    full: krizhevsky2012(
      {},
      {
        about: 'the paper’s rate and one on each side of it, chosen on held-out training images',
        base: { input: { ...ALEXNET_INPUT, validationShare: 0.01 } },
        factors: {
          rate: {
            low: { optimiser: { rate: 0.003 } },
            middle: { optimiser: { rate: 0.01 } },
            high: { optimiser: { rate: 0.03 } },
          },
        },
      },
    ),
  },

  claims: [
    {
      id: 'lrn-helps',
      ...ERRS_LESS,
      statement: 'AlexNet errs less often with local response normalisation',
      contrast: { none: 1, lrn: -1 },
      margin: 0,
      published: 'top-1 error 1.4 points lower, top-5 error 1.2 (ImageNet); 13 → 11 % (CIFAR-10, four layers)',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    QUICK_SHOWS_STARTS,
    'Pixels are 0–255 with the mean colour taken away, as the paper fed them: the sum of squares then outweighs the constant 2. Each arm has the rate of least loss on held-out training images.',
    'Below the full tier: a pilot of 100 steps on the wider net (one seed, figures of held-out images only) set the rates: without normalisation 0.001 and 0.01 diverged within eight steps and 0.0001 stood near a guess (loss 2.18), 0.00001 gave 1.35; with it 0.0001 gave 0.85 and 0.00001 1.20. From the paper’s own deviations of 0.01 nothing moved in 100 steps, so the first weights are He’s.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { DISTORTION, distorted, ioffe2015 } from './_szegedy.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'bn-lrn-l2-shuffle-distort',
  title: 'What batch normalisation makes superfluous',
  question:
    'With batch normalisation, can LRN go, and do less L2, thorough shuffling and milder distortions lower the error?',
  source: 'Ioffe & Szegedy 2015, arXiv:1502.03167, §4.2.1',
  believed:
    'Batch normalisation regularises by itself, so what had been added against over-fitting was expected to be too much beside it.',
  tags: ['colour', 'data'],

  base: {
    ...smallForm({ net: 'resnet-18', options: SMALL_RESNET, dataset: 'cifar-10-jpeg', steps: 800, rate: 0.05 }),
    trainImages: 5000,
    input: { augment: [{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }, { kind: 'photometric', strength: 0.1 }] },
  },

  factors: {
    change: {
      baseline: {},
      lrn: { options: { norm: 'batch-lrn' } },
      'more-l2': { optimiser: { weightDecay: 0.0005 } },
      'poor-shuffle': { input: { shuffle: 'poor' } },
      'more-distortion': {
        input: { augment: [{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }, { kind: 'photometric', strength: 0.5 }] },
      },
    },
  },

  tiers: {
    quick: quickTier(800, 5000),
    long: longTier(7900, 50_000),
    full: ioffe2015({
      about: 'the L2 penalty and the milder distortion are ours',
      factors: {
        change: {
          baseline: {},
          lrn: { options: { norm: 'batch-lrn' } },
          'more-l2': { optimiser: { weightDecay: 0.0002 } },
          'poor-shuffle': { input: { shuffle: 'poor' } },
          'more-distortion': { input: { augment: distorted(DISTORTION) } },
        },
      },
    }),
  },

  claims: [
    {
      id: 'no-lrn',
      kind: 'equivalence',
      statement: 'with and without local response normalisation the net errs equally often',
      metric: 'test.top1',
      unit: 'pp',
      contrast: { lrn: 1, baseline: -1 },
      margin: 0.01,
      published: '“we found that with Batch Normalization it is not necessary” (§4.2.1)',
    },
    {
      id: 'less-l2',
      ...ERRS_LESS,
      statement: 'the net errs less often with a fifth of the L2 penalty',
      contrast: { 'more-l2': 1, baseline: -1 },
      margin: 0,
      published: '“improves the accuracy on the held-out validation data” (§4.2.1), no figure',
    },
    {
      id: 'thorough-shuffling',
      ...ERRS_LESS,
      statement: 'the net errs less often if examples do not always meet in the same batch',
      contrast: { 'poor-shuffle': 1, baseline: -1 },
      margin: 0,
      published: 'about 1 % of validation accuracy (§4.2.1)',
    },
    {
      id: 'milder-distortions',
      ...ERRS_LESS,
      statement: 'the net errs less often with milder photometric distortions',
      contrast: { 'more-distortion': 1, baseline: -1 },
      margin: 0,
      published: 'no figure (§4.2.1)',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'The quick tier has 5,000 images, 10 times over.',
    'Below the full tier a small residual net stands for BN-Inception.',
    'LRN stands behind each batch normalisation; in the full tier only in the stem, where GoogLeNet had it.',
  ],

  history: [
    SET_BEFORE_ANY_RUN_BUT_SMOKE,
    'A run of 29 November 2026 was void: pictures came class by class, and all 5,000 were of one class.',
  ],
});

import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { CROP, FLIP, krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'augmentation',
  title: 'Crops and mirror images',
  question: 'Do random crops and mirror images lessen over-fitting?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §4.1',
  believed:
    'A net of 60 million parameters saw 1.2 million images. Crops and mirror images made two thousand of each, at no cost but time, and every later net kept them.',
  tags: ['colour', 'data'],

  base: {
    ...smallForm({ net: 'resnet-18', options: SMALL_RESNET, dataset: 'cifar-10-jpeg', steps: 1100, rate: 0.05 }),
    trainImages: 5000,
  },

  factors: {
    augment: {
      none: {},
      flip: { input: { augment: [{ kind: 'flip' }] } },
      'crop-flip': { input: { augment: [{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }] } },
    },
  },

  tiers: {
    quick: quickTier(1100, 5000),
    long: longTier(10_000, 50_000),
    full: krizhevsky2012(
      {},
      {
        about: 'colour noise in no arm',
        factors: {
          augment: {
            none: { input: { augment: [] } },
            flip: { input: { augment: [FLIP] } },
            'crop-flip': { input: { augment: [CROP, FLIP] } },
          },
        },
      },
    ),
  },

  claims: [
    {
      id: 'crops-and-flips-help',
      ...ERRS_LESS,
      statement: 'the net errs less often with crops and mirror images than without',
      contrast: { none: 1, 'crop-flip': -1 },
      margin: 0,
      published: '“Without this scheme, our network suffers from substantial overfitting” (§4.1)',
    },
    {
      id: 'flips-help',
      ...ERRS_LESS,
      statement: 'the net errs less often with mirror images than without',
      contrast: { none: 1, flip: -1 },
      margin: 0,
      published: 'no figure',
    },
    {
      id: 'smaller-gap',
      kind: 'superiority',
      statement: 'the gap between test and training loss is smaller with crops and mirror images',
      metric: 'test.loss',
      unit: 'nats',
      contrast: { none: 1, 'none:train.loss': -1, 'crop-flip': -1, 'crop-flip:train.loss': 1 },
      margin: 0.05,
      published: 'no figure',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'Over-fitting in minutes needs few images: the quick tier has 5,000 of them, 14 times over. The long tier has all.',
    'There a residual net stands for AlexNet; padded crops for 224 pixels out of 256.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

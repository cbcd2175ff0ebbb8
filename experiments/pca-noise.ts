import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { COLOUR_NOISE, CROP, FLIP, krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'pca-noise',
  title: 'Colour noise along the principal axes',
  question: 'Does noise along the principal axes of colour lower the error?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §4.1',
  believed:
    'What an object is does not depend on the colour of the light. Along the principal axes of colour most of the light’s changes lie.',
  tags: ['colour', 'data'],

  base: {
    ...smallForm({ net: 'resnet-18', options: SMALL_RESNET, dataset: 'cifar-10-jpeg', steps: 1200, rate: 0.05 }),
    trainImages: 5000,
  },

  factors: {
    noise: {
      without: { input: { augment: [{ kind: 'pad-crop', pad: 4 }, { kind: 'flip' }] } },
      with: {
        input: {
          augment: [
            { kind: 'pad-crop', pad: 4 },
            { kind: 'flip' },
            { kind: 'colour-noise', std: 0.1, axes: 'dataset' },
          ],
        },
      },
    },
  },

  tiers: {
    quick: quickTier(1200, 5000),
    long: longTier(14_000, 50_000),
    full: krizhevsky2012(
      {},
      {
        factors: {
          noise: {
            without: { input: { augment: [CROP, FLIP] } },
            with: { input: { augment: [CROP, FLIP, COLOUR_NOISE] } },
          },
        },
      },
    ),
  },

  claims: [
    {
      id: 'noise-helps',
      ...ERRS_LESS,
      statement: 'the net errs less often with colour noise than without',
      contrast: { without: 1, with: -1 },
      margin: 0,
      published: 'top-1 error more than 1 point lower (ImageNet, §4.1)',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'The quick tier has 5,000 images, 15 times over: an effect of one point is near what five seeds can show.',
    'Below the full tier a residual net stands for AlexNet.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

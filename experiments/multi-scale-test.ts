import { defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN, ERRS_LESS } from './_claims.ts';
import { SCALES_256_TO_512, simonyan2014 } from './_simonyan-2014.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { COLOUR_FOR_IMAGENET, SET_BEFORE_ANY_RUN_BUT_SMOKE } from './_words.ts';

export default defineExperiment({
  id: 'multi-scale-test',
  title: 'VGG-D tested at many scales',
  question: 'Does averaging over scales lower the error of one trained net?',
  source: 'Simonyan & Zisserman 2014, arXiv:1409.1556, §4.2, tables 4 and 5',
  believed: 'Objects come in all sizes, and a trained net can be asked at several for the price of a few passes.',
  tags: ['colour', 'procedures', 'vgg'],

  base: {
    ...smallForm({
      net: 'vgg-d',
      options: { width: 0.5, norm: 'batch' },
      dataset: 'cifar-10-jpeg',
      steps: 600,
      rate: 0.02,
    }),
    input: {
      shorterSide: 48,
      size: 28,
      augment: [{ kind: 'scale-jitter', from: 32, to: 64 }, { kind: 'random-crop' }, { kind: 'flip' }],
    },
    evaluate: {
      procedures: [
        { kind: 'single-crop' },
        { kind: 'multi-scale', scales: [32, 48, 64] },
        { kind: 'dense', scales: [32, 48, 64] },
      ],
    },
  },

  factors: {
    net: { d: {} },
  },

  conjunction: {
    id: 'scales-help',
    statement: 'a trained VGG-D errs less often at three scales than at one, densely and by crops',
    parts: ['dense-scales-help', 'cropped-scales-help'],
    published: '25.6 → 24.8 % top-1, dense at one scale and at three (ImageNet, tables 3 and 4)',
  },

  tiers: {
    quick: quickTier(600, 50_000),
    long: longTier(14_000, 50_000),
    full: simonyan2014('vgg-d', {
      about: 'trained at scales of 256 to 512, tested at 256, 384 and 512',
      config: {
        input: SCALES_256_TO_512,
        evaluate: {
          procedures: [
            { kind: 'single-crop' },
            { kind: 'multi-scale', scales: [256, 384, 512] },
            { kind: 'dense', scales: [256, 384, 512] },
          ],
        },
      },
    }),
  },

  claims: [
    {
      id: 'dense-scales-help',
      ...ERRS_LESS,
      statement: 'a trained VGG-D errs less often densely at three scales than at the middle of one',
      contrast: { d: 1, 'd:test.dense.top1': -1 },
      margin: 0,
      published: '25.6 → 24.8 % top-1, dense at one scale and at three (ImageNet, tables 3 and 4)',
    },
    {
      id: 'cropped-scales-help',
      ...ERRS_LESS,
      statement: 'a trained VGG-D errs less often over the middles of three scales than over that of one',
      contrast: { d: 1, 'd:test.multi-scale.top1': -1 },
      margin: 0,
      published: 'no figure',
    },
    {
      id: 'dense-is-crops',
      ...ERRS_AS_OFTEN,
      statement: 'dense windows and middles err about equally often at the same scales',
      contrast: { 'd:test.multi-scale.top1': 1, 'd:test.dense.top1': -1 },
      margin: 0.01,
      published: '24.8 % dense, 24.6 % with 150 crops (table 5)',
    },
  ],

  limits: [
    COLOUR_FOR_IMAGENET,
    'The paper’s step is from dense at one scale to dense at three; here it starts from the middle of the picture.',
    'Below the full tier there is batch normalisation, which the paper did not have, so that sixteen layers start at all.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { szegedy2016 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'fusion',
  title: 'Inception-v4 and Inception-ResNet-v2 averaged',
  question: 'Does the average of an Inception and a residual Inception net err less often than each?',
  source: 'Szegedy, Ioffe, Vanhoucke & Alemi 2016, arXiv:1602.07261, table 5',
  believed:
    'Nets that are built differently err differently, so that their average should beat each; it won with 3.08 %.',
  tags: ['procedures', 'inception'],

  base: smallForm({ net: 'inception-v4', steps: 200, rate: 0.05 }),

  factors: {
    net: { v4: { net: 'inception-v4' }, 'resnet-v2': { net: 'inception-resnet-v2' } },
  },

  conjunction: {
    id: 'beats-both',
    statement: 'the average of Inception-v4 and Inception-ResNet-v2 errs less often than each of them',
    parts: ['beats-v4', 'beats-resnet-v2'],
    published: '3.1 % top-5 (validation), 3.08 % (test) for four nets',
  },

  tiers: {
    quick: quickTier(200),
    long: longTier(1700),
    full: szegedy2016(),
  },

  claims: [
    {
      id: 'beats-v4',
      ...ERRS_LESS,
      statement: 'the average of the two nets errs less often than Inception-v4',
      contrast: { v4: 1, 'v4+resnet-v2': -1 },
      margin: 0,
      published: 'top-5 error 3.8 → 3.1 % with three Inception-ResNet-v2 (ImageNet, tables 4 and 5)',
    },
    {
      id: 'beats-resnet-v2',
      ...ERRS_LESS,
      statement: 'the average of the two nets errs less often than Inception-ResNet-v2',
      contrast: { 'resnet-v2': 1, 'v4+resnet-v2': -1 },
      margin: 0,
      published: 'top-5 error 3.7 → 3.1 %',
    },
  ],

  limits: [SMALL_FOR_IMAGENET, QUICK_SHOWS_STARTS, 'One net of each kind; the paper averaged one and three.'],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

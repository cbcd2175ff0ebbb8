import { defineExperiment } from 'convbench';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'dropout-fc',
  title: 'Dropout in the dense layers of AlexNet',
  question: 'Does dropout in the dense layers lessen over-fitting, and does it slow training?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §4.2',
  believed:
    'Units that may not rely on one another have to be useful alone, as if very many nets were averaged. The dense layers hold nine tenths of the weights, so they over-fit first.',
  tags: ['alexnet'],

  base: {
    ...smallForm({ net: 'alexnet', options: { norm: 'none' }, steps: 450, rate: 0.01 }),
    trainImages: 2000,
    evaluate: { every: 15, images: 500 },
  },

  factors: {
    dropout: { without: { options: { dropout: 0 } }, with: { options: { dropout: 0.5 } } },
  },

  tiers: {
    quick: quickTier(450, 2000),
    long: longTier(2900),
    full: krizhevsky2012(),
  },

  claims: [
    {
      id: 'less-over-fitting',
      kind: 'superiority',
      statement: 'on few images the net ends with a lower test loss with dropout than without',
      metric: 'test.loss',
      unit: 'nats',
      contrast: { without: 1, with: -1 },
      margin: 0,
      published: '“Without dropout, our network exhibits substantial overfitting” (§4.2)',
    },
    {
      id: 'smaller-gap',
      kind: 'superiority',
      statement: 'the gap between test and training loss is smaller with dropout',
      metric: 'test.loss',
      unit: 'nats',
      contrast: { without: 1, 'without:train.loss': -1, with: -1, 'with:train.loss': 1 },
      margin: 0.05,
      published: 'no figure',
    },
    {
      id: 'slower',
      kind: 'superiority',
      statement: 'with dropout the net needs more steps to err on a quarter of the test images',
      metric: 'log2-steps-to:test.top1<=0.25',
      unit: 'doublings',
      contrast: { with: 1, without: -1 },
      margin: 0,
      published: '“roughly doubles the number of iterations required to converge” (§4.2)',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    'Over-fitting in minutes needs few images: the quick tier has 2,000 of them, 14 times over. The long tier has all.',
    'Training loss is that of the steps, dropout at work: of the net with dropout it is too high, and the gap too small.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

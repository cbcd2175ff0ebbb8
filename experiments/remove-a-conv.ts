import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { krizhevsky2012 } from './_krizhevsky-2012.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

const CONVOLUTIONS = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5'];
const PUBLISHED = 'about 2 % top-1 for any of the middle layers (ImageNet, §7)';

export default defineExperiment({
  id: 'remove-a-conv',
  title: 'AlexNet without one of its convolutions',
  question: 'Does removing any convolution cost accuracy, though it holds few parameters?',
  source: 'Krizhevsky, Sutskever & Hinton 2012, §7',
  believed:
    'Removing any convolution cost about two points, although none holds more than a few per cent of the weights: depth itself was believed to matter.',
  tags: ['alexnet'],

  base: smallForm({ net: 'alexnet', options: { width: 0.5 }, steps: 380, rate: 0.01 }),

  factors: {
    without: {
      full: {},
      ...Object.fromEntries(CONVOLUTIONS.map(name => [name, { options: { remove: name } }])),
    },
  },

  conjunction: {
    id: 'each-matters',
    statement: 'the net errs more often without any one of its convolutions',
    parts: CONVOLUTIONS.map(name => `${name}-matters`),
    published: PUBLISHED,
  },

  tiers: {
    quick: quickTier(380),
    long: longTier(4800),
    full: krizhevsky2012(),
  },

  claims: CONVOLUTIONS.map(name => ({
    id: `${name}-matters`,
    ...ERRS_LESS,
    statement: `the net errs more often without convolution ${name.at(-1)}`,
    contrast: { [name]: 1, full: -1 },
    margin: 0,
    published: PUBLISHED,
  })),

  limits: [
    SMALL_FOR_IMAGENET,
    QUICK_SHOWS_STARTS,
    'A shallower net starts faster: a short run can turn the order round.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

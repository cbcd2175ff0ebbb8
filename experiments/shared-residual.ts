import { type Claim, defineExperiment } from 'convbench';
import { ERRS_AS_OFTEN, ERRS_LESS } from './_claims.ts';
import { he2015Cifar } from './_he-2015.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_CIFAR } from './_words.ts';

const COSTS_LITTLE: Claim = {
  id: 'costs-little',
  ...ERRS_AS_OFTEN,
  statement: 'a residual net with shared weights errs about as often as one with its own in every unit',
  contrast: { shared: 1, own: -1 },
  margin: 0.02,
  published: 'little loss of accuracy with a fraction of the weights (CIFAR-10)',
};

/** Of tiers with an arm more. */
const BEATS_NARROW: Claim = {
  id: 'beats-as-small',
  ...ERRS_LESS,
  statement: 'a residual net with shared weights errs less often than a narrower one that has as many and shares none',
  contrast: { narrow: 1, shared: -1 },
  margin: 0,
  published: 'no figure',
};

const WEIGHTS = { own: {}, shared: { options: { shared: true } } };
const CLAIMS = [COSTS_LITTLE, BEATS_NARROW];

export default defineExperiment({
  id: 'shared-residual',
  title: 'Residual nets with shared weights',
  question: 'Does sharing a stage’s weights among its units cost little?',
  source: 'Liao & Poggio 2016, arXiv:1604.03640, §5',
  believed:
    'A residual unit adds a step to a state, as a recurrent net does; sharing the steps makes it one, close to what the visual cortex might do.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-34', options: SMALL_RESNET, steps: 480, rate: 0.1 }),

  factors: { weights: WEIGHTS },

  tiers: {
    quick: quickTier(480),
    long: {
      ...longTier(7600),
      factors: { weights: { ...WEIGHTS, narrow: { match: { arm: 'shared', count: 'parameters', option: 'width' } } } },
      claims: CLAIMS,
    },
    full: he2015Cifar('resnet-56', 0, {
      about: 'the data of Liao & Poggio 2016, §5, with He’s nets and training',
      // 177,066 parameters to 175,642: no single width, in steps of 8 filters, comes as near.
      factors: { weights: { ...WEIGHTS, narrow: { options: { widths: [8, 16, 28] } } } },
      claims: CLAIMS,
    }),
  },

  claims: [COSTS_LITTLE],

  limits: [
    SMALL_FOR_CIFAR,
    quickStopsAfter(0.51),
    'At the quick tier an arm of as many parameters is missing: the shared net is as small as a narrower one. Longer tiers have it.',
  ],

  history: [
    'The arm of as many parameters came to the long and the full tier later; neither was run before.',
    SET_BEFORE_THE_FIRST_RUN,
  ],
});

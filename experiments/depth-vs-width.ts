import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { he2015ImageNet } from './_he-2015.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { quickStopsAfter, SET_BEFORE_THE_FIRST_RUN, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'depth-vs-width',
  title: 'Depth against width at equal parameters',
  question: 'Does the deeper of two residual nets with as many parameters win?',
  source: 'Eldan & Shamir 2016, arXiv:1512.03965 (a separation in theory); seen in practice since He et al. 2015',
  believed:
    'Functions are known that a deep net writes down shortly and a flat one only with very many units. Whether images are such functions is a matter of experiment.',
  tags: ['residual'],

  base: smallForm({ net: 'resnet-34', options: { widths: [16, 32, 64, 128], stemStride: 2 }, steps: 300, rate: 0.1 }),

  factors: {
    shape: {
      deep: { net: 'resnet-34' },
      wide: { net: 'resnet-18', match: { arm: 'deep', count: 'parameters', option: 'width' } },
    },
  },

  tiers: {
    quick: quickTier(300),
    long: longTier(4100),
    full: he2015ImageNet(
      'resnet-34',
      {},
      { about: 'no paper trains such a pair: the setting is that of the nets it is made of' },
    ),
  },

  claims: [
    {
      id: 'depth-wins',
      ...ERRS_LESS,
      statement: 'the deeper net errs less often',
      contrast: { wide: 1, deep: -1 },
      margin: 0,
      published: 'no figure of a matched pair',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    quickStopsAfter(0.32),
    'Equal parameters are not equal cost: the wide net has fewer layers at high resolution.',
  ],

  history: [SET_BEFORE_THE_FIRST_RUN],
});

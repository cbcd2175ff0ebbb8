import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'inception-ratio',
  title: 'Shares of wide filters over the modules of Inception',
  question: 'Do later modules want a larger share of 3×3 and 5×5 filters?',
  source: 'Szegedy et al. 2014, arXiv:1409.4842, §4, table 1',
  believed:
    'Features of higher layers are more abstract and spread wider, so larger kernels should get a larger share there. The paper says it, and its table does the opposite at the end.',
  tags: ['inception'],

  base: smallForm({ net: 'inception-v1', options: { norm: 'batch', width: 0.125 }, steps: 200, rate: 0.05 }),

  factors: {
    ratio: {
      published: { options: { ratio: 'published' } },
      rising: { options: { ratio: 'rising' } },
      equal: { options: { ratio: 'equal' } },
      falling: { options: { ratio: 'falling' } },
    },
  },

  counts: [
    {
      id: 'its-own-table',
      statement:
        'in GoogLeNet’s own table the last module has a larger share of 3×3 and 5×5 filters than the 0.625 of the first',
      count: { net: 'inception-v1', count: 'filters', layers: ['5b.branch2.2.conv', '5b.branch3.2.conv'] },
      over: { net: 'inception-v1', count: 'filters', layers: '5b.concat' },
      unit: '%',
      holds: { above: 0.625 },
      published: '128 + 32 of 256 in 3a, 384 + 128 of 1,024 in 5b (table 1)',
    },
  ],

  tiers: {
    quick: quickTier(200),
    long: longTier(1900),
    full: szegedy2014(),
  },

  claims: [
    {
      id: 'rising-beats-falling',
      ...ERRS_LESS,
      statement: 'at equal cost a share that rises errs less often than one that falls',
      contrast: { falling: 1, rising: -1 },
      margin: 0,
      published: 'no figure: “the ratio of 3×3 and 5×5 convolutions should increase as we move to higher layers” (§4)',
    },
    {
      id: 'rising-beats-equal',
      ...ERRS_LESS,
      statement: 'at equal cost a share that rises errs less often than an equal one',
      contrast: { equal: 1, rising: -1 },
      margin: 0,
      published: 'no figure',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    QUICK_SHOWS_STARTS,
    'Shares lie on a line over five modules, at equal multiply-adds within 1 %; the parameters are not equal.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

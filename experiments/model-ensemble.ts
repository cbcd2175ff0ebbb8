import { defineExperiment } from 'convbench';
import { ERRS_LESS } from './_claims.ts';
import { IMAGENET_IMAGES } from './_imagenet.ts';
import { szegedy2014 } from './_szegedy.ts';
import { longTier, quickTier, SMALL_RESNET, smallForm } from './_tiers.ts';
import { QUICK_SHOWS_STARTS, SET_BEFORE_ANY_RUN_BUT_SMOKE, SMALL_FOR_IMAGENET } from './_words.ts';

export default defineExperiment({
  id: 'model-ensemble',
  title: 'Averages of one, three and seven nets',
  question: 'Does averaging several nets lower the error, and seven more than three?',
  source: 'Szegedy et al. 2014, arXiv:1409.4842, §7, table 3; Simonyan & Zisserman 2014, table 6',
  believed: 'Errors that nets make for their own reasons cancel in an average. Every winner from 2012 to 2016 was one.',
  tags: ['procedures', 'inception'],
  reading:
    'The effect is an average’s gain over the mean of its members, not over the best of them: which is best one knows only afterwards.',

  base: smallForm({ net: 'resnet-18', options: SMALL_RESNET, steps: 600, rate: 0.1 }),

  factors: {
    member: members(60_000),
  },

  conjunction: {
    id: 'averages-help',
    statement: 'three nets averaged err less often than one, and seven less often than three',
    parts: ['three-beat-one', 'seven-beat-three'],
    published: 'top-5 error 10.07 → 8.09 % for one and seven nets, one crop (ImageNet, table 3)',
  },

  tiers: {
    quick: quickTier(600),
    long: longTier(5600),
    full: szegedy2014(
      {},
      {
        about: 'seven of them',
        factors: { member: members(IMAGENET_IMAGES) },
      },
    ),
  },

  claims: [
    {
      id: 'three-beat-one',
      ...ERRS_LESS,
      statement: 'three nets averaged err less often than one of them does',
      contrast: { m1: 1 / 3, m2: 1 / 3, m3: 1 / 3, 'm1+m2+m3': -1 },
      margin: 0,
      published: 'no figure for three',
    },
    {
      id: 'seven-beat-one',
      ...ERRS_LESS,
      statement: 'seven nets averaged err less often than one of them does',
      contrast: {
        m1: 1 / 7,
        m2: 1 / 7,
        m3: 1 / 7,
        m4: 1 / 7,
        m5: 1 / 7,
        m6: 1 / 7,
        m7: 1 / 7,
        'm1+m2+m3+m4+m5+m6+m7': -1,
      },
      margin: 0,
      published:
        'top-5 error 10.07 → 8.09 % with one crop, 7.89 → 6.67 % with 144 (ImageNet, table 3); seven VGG 7.5 against two 7.0 %',
    },
    {
      id: 'seven-beat-three',
      ...ERRS_LESS,
      statement: 'seven nets averaged err less often than three',
      contrast: { 'm1+m2+m3': 1, 'm1+m2+m3+m4+m5+m6+m7': -1 },
      margin: 0,
      published: 'no figure',
    },
  ],

  limits: [
    SMALL_FOR_IMAGENET,
    QUICK_SHOWS_STARTS,
    'Members begin with the same weights and see the images in another order, as the paper’s seven did: an image less makes it another permutation.',
    'Below the full tier a small residual net stands for GoogLeNet, whose small form is too slow for 35 runs in ten minutes.',
    'Top-1, below the full tier of ten classes, where the paper has top-5 of a thousand.',
  ],

  history: [SET_BEFORE_ANY_RUN_BUT_SMOKE],
});

/** Seven nets; each but the first lacks images, one more than the one before. */
function members(images: number) {
  const others = [1, 2, 3, 4, 5, 6].map(less => [`m${less + 1}`, { trainImages: images - less }] as const);
  return { m1: {}, ...Object.fromEntries(others) };
}

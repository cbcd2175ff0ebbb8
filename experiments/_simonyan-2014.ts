/**
 * VGG's own training (Simonyan & Zisserman 2014). §3.1: batches of 256, momentum 0.9, weight decay 0.0005, dropout of 0.5, a
 * rate of 0.01 that was divided by ten three times, 370,000 steps (74 epochs); a shorter side S of 256, windows of 224,
 * mirror images, AlexNet's colour noise. §2.1: the mean colour is taken away. §3.2: tested at Q = S, or at the middle of
 * the range of S.
 *
 * Ours: when the rate falls, which the paper did by hand; Glorot's deviations in place of a start from A, as §3.1 found
 * possible; a window in the middle where the paper tests densely.
 */
import type { CellConfigSpec } from 'convbench';
import { onceAnEpoch } from './_imagenet.ts';
import { COLOUR_NOISE, CROP, FLIP } from './_krizhevsky-2012.ts';
import { type Adaptation, paperTier } from './_tiers.ts';

const BATCH = 256;
const STEPS = 370_000;

const AUGMENT = [CROP, FLIP, COLOUR_NOISE];

/** Trained at one scale. */
export const scaleOf = (side: number) => ({ shorterSide: side, size: 224, augment: AUGMENT });

/** Trained at all scales of §3.1; pictures are kept at the middle one, that of the test, and enlarged for larger ones. */
export const SCALES_256_TO_512 = {
  shorterSide: 384,
  size: 224,
  augment: [{ kind: 'scale-jitter', from: 256, to: 512 } as const, ...AUGMENT],
};

export const simonyan2014 = (net: string, more: Adaptation = {}) =>
  paperTier(
    'VGG on ImageNet as in Simonyan & Zisserman 2014, §3.1: 370,000 steps of 256 images at 224 pixels, 74 epochs',
    vgg2014(net),
    more,
  );

const vgg2014 = (net: string): CellConfigSpec => ({
  net,
  options: { form: 'paper' },
  dataset: 'imagenet',
  steps: STEPS,
  batch: BATCH,
  optimiser: {
    kind: 'sgd',
    rate: 0.01,
    weightDecay: 0.0005,
    schedule: { kind: 'step', at: [1 / 2, 3 / 4, 7 / 8], factor: 0.1 },
  },
  input: { ...scaleOf(256), scale: 'centred' },
  ...onceAnEpoch(BATCH),
});

/**
 * AlexNet's own training (Krizhevsky, Sutskever & Hinton 2012). §5: batches of 128, momentum 0.9, weight decay 0.0005, a
 * rate of 0.01 that was divided by ten three times, 90 cycles through the images, weights from a normal of 0.01, biases
 * of 1. §4.1: a shorter side of 256, windows of 224, mirror images, colour noise. §2: the mean is taken away, pixels stay in
 * 0–255.
 *
 * Ours: when the rate falls, which the paper did by hand; windows come from the whole picture, not from its middle square;
 * the mean is that of each colour.
 */
import type { CellConfigSpec } from 'convbench';
import { epochsOf, onceAnEpoch } from './_imagenet.ts';
import { type Adaptation, paperTier } from './_tiers.ts';

const BATCH = 128;
const EPOCHS = 90;

export const CROP = { kind: 'random-crop' } as const;
export const FLIP = { kind: 'flip' } as const;
export const COLOUR_NOISE = { kind: 'colour-noise', std: 0.1, axes: 'imagenet' } as const;

/** Of every arm, unless it says otherwise. */
export const ALEXNET_INPUT = {
  shorterSide: 256,
  size: 224,
  scale: 'centred' as const,
  augment: [CROP, FLIP, COLOUR_NOISE],
};

/** AlexNet on ImageNet; `options` are its own. */
export const krizhevsky2012 = (options: CellConfigSpec['options'] = {}, more: Adaptation = {}) =>
  paperTier(
    `AlexNet on ImageNet as in Krizhevsky et al. 2012, §5: ${EPOCHS} epochs of ${BATCH} images at 224 pixels`,
    alexnet2012(options),
    more,
  );

const alexnet2012 = (options: CellConfigSpec['options']): CellConfigSpec => ({
  net: 'alexnet',
  // 224 pixels give the 55 × 55 maps of §3.5 with two around them.
  options: { form: 'paper', stemPadding: 2, ...options },
  dataset: 'imagenet',
  steps: epochsOf(EPOCHS, BATCH),
  batch: BATCH,
  optimiser: {
    kind: 'sgd',
    rate: 0.01,
    weightDecay: 0.0005,
    schedule: { kind: 'step', at: [1 / 3, 2 / 3, 8 / 9], factor: 0.1 },
  },
  input: ALEXNET_INPUT,
  ...onceAnEpoch(BATCH),
});

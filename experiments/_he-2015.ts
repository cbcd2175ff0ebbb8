/**
 * How residual nets were trained (He, Zhang, Ren & Sun 2015).
 *
 * ImageNet, §3.4: batches of 256, momentum 0.9, weight decay 0.0001, a rate of 0.1 that is divided by ten where the error
 * stalls, 600,000 steps, no dropout; a shorter side in 256 … 480, windows of 224, mirror images, AlexNet's colour noise.
 * The rate falls at 150,000 and 300,000 steps, as figure 4 shows. Ours: pictures are kept at 368, the middle of the range,
 * and tested there, by the rule of Simonyan & Zisserman 2014, §3.2.
 *
 * CIFAR-10, §4.2: batches of 128, 64,000 steps, a rate of 0.1 that is divided by ten at 32,000 and 48,000, the same decay;
 * four pixels around the image, windows of 32, mirror images. All 50,000 images are trained on, as for the published
 * errors. Nets of 110 layers and more begin at a low rate: the paper takes 0.01 for about 400 steps, here the rate rises
 * to 0.1 over them.
 */
import type { CellConfigSpec } from 'convbench';
import { onceAnEpoch } from './_imagenet.ts';
import { COLOUR_NOISE, CROP, FLIP } from './_krizhevsky-2012.ts';
import { type Adaptation, paperTier } from './_tiers.ts';

const IMAGENET_BATCH = 256;
const CIFAR_BATCH = 128;
const CIFAR_IMAGES = 50_000;
export const WARM_UP_STEPS = 400;

const OPTIMISER = { kind: 'sgd', rate: 0.1, weightDecay: 0.0001 } as const;

export const he2015ImageNet = (net: string, options: CellConfigSpec['options'] = {}, more: Adaptation = {}) =>
  paperTier(
    'ImageNet as in He et al. 2015, §3.4: 600,000 steps of 256 images at 224 pixels, 120 epochs',
    {
      net,
      options: { form: 'paper', ...options },
      dataset: 'imagenet',
      steps: 600_000,
      batch: IMAGENET_BATCH,
      optimiser: { ...OPTIMISER, schedule: { kind: 'step', at: [1 / 4, 1 / 2], factor: 0.1 } },
      input: {
        shorterSide: 368,
        size: 224,
        augment: [{ kind: 'scale-jitter', from: 256, to: 480 }, CROP, FLIP, COLOUR_NOISE],
      },
      ...onceAnEpoch(IMAGENET_BATCH),
    },
    more,
  );

/** `warmupSteps`: of nets of 110 layers and more. */
export const he2015Cifar = (net: string, warmupSteps: number, more: Adaptation = {}) =>
  paperTier(
    'CIFAR-10 as in He et al. 2015, §4.2: 64,000 steps of 128 images, 164 epochs',
    {
      net,
      options: { form: 'paper' },
      dataset: 'cifar-10',
      steps: 64_000,
      batch: CIFAR_BATCH,
      optimiser: { ...OPTIMISER, warmupSteps, schedule: { kind: 'step', at: [1 / 2, 3 / 4], factor: 0.1 } },
      input: { augment: [{ kind: 'pad-crop', pad: 4 }, FLIP] },
      ...onceAnEpoch(CIFAR_BATCH, CIFAR_IMAGES),
    },
    more,
  );

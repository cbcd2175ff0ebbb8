/**
 * How the Inceptions were trained.
 *
 * Szegedy et al. 2014, §6: momentum 0.9, the rate 4 % lower every 8 epochs, the weights' moving average, windows of 8 to
 * 100 % of the area and of 3/4 to 4/3 in shape, photometric distortions. It gives neither batch, rate nor length; those
 * are of the same net as Ioffe & Szegedy 2015 trained it again, §4.2 and figure 3: batches of 32, a rate of 0.0015 and
 * 31 million steps.
 *
 * Ioffe & Szegedy 2015, §4.2.1, say what else they changed, and neither the strength of the L2 penalty nor of the
 * distortions: 0.00004, of the authors' published code, and 0.1 are ours, as are 5 million steps, twice what the net needed
 * for its best (figure 3).
 *
 * Szegedy et al. 2015, §8: batches of 32, 100 epochs, RMSProp of decay 0.9 and ε 1, a rate of 0.045 that falls to 0.94 of
 * itself every second epoch, gradients clipped at 2, the weights' moving average. Szegedy et al. 2016, §4, says the same
 * but for the clipping and gives no length; its curves (figures 23 to 26) go on for about 160 epochs.
 *
 * Ours: mirror images; the decay of the moving average and a momentum of 0.9 with RMSProp, as in the authors' published
 * code; no weight decay, since the papers give none; one process where theirs had many that were out of step. Pictures are kept at the shorter side whose
 * middle, 7/8 of it, is what the net is tested on.
 */
import type { CellConfigSpec } from 'convbench';
import { epochsOf, onceAnEpoch } from './_imagenet.ts';
import { type Adaptation, paperTier } from './_tiers.ts';

const BATCH = 32;
const AVERAGING = 0.9999;
const MILD_DISTORTION = 0.1;
/** Howard 2013, whom Szegedy et al. 2014 follow. */
export const DISTORTION = 0.5;

const RATE_2014 = { kind: 'epochs', epochs: 8, factor: 0.96 } as const;

export const distorted = (strength: number) => [
  { kind: 'area-crop', area: [0.08, 1], aspect: [3 / 4, 4 / 3] } as const,
  { kind: 'flip' } as const,
  { kind: 'photometric', strength } as const,
];

export const szegedy2014 = (options: CellConfigSpec['options'] = {}, more: Adaptation = {}) =>
  paperTier(
    'GoogLeNet on ImageNet as in Szegedy et al. 2014, §6; batches of 32, a rate of 0.0015 and 31 million steps as in Ioffe & Szegedy 2015, §4.2',
    googlenet(options),
    more,
  );

/** BN-Inception at five times the rate, with all that §4.2.1 changes: "BN-x5". */
export const ioffe2015 = (more: Adaptation = {}) =>
  paperTier(
    'BN-Inception on ImageNet as “BN-x5” of Ioffe & Szegedy 2015, §4.2: 5 million steps of 32 images, a rate of 0.0075',
    bnInception,
    more,
  );

export const szegedy2015 = (more: Adaptation = {}) =>
  paperTier(
    'Inception-v3 on ImageNet as in Szegedy et al. 2015, §8: 100 epochs of 32 images at 299 pixels',
    inception299('inception-v3', 100, { clipNorm: 2 }),
    more,
  );

export const szegedy2016 = (more: Adaptation = {}) =>
  paperTier(
    'ImageNet as in Szegedy et al. 2016, §4: batches of 32 at 299 pixels, 160 epochs as its figures show',
    inception299('inception-v4', 160, {}),
    more,
  );

const BASE = { dataset: 'imagenet', batch: BATCH, ...onceAnEpoch(BATCH) };

const googlenet = (options: CellConfigSpec['options']): CellConfigSpec => ({
  ...BASE,
  net: 'inception-v1',
  options: { form: 'paper', ...options },
  steps: 31_000_000,
  optimiser: { kind: 'sgd', rate: 0.0015, averaging: AVERAGING, schedule: RATE_2014 },
  input: { shorterSide: 256, size: 224, augment: distorted(DISTORTION) },
});

/** §4.2.1: the rate falls six times as fast, distortions are milder, L2 is a fifth. */
const bnInception: CellConfigSpec = {
  ...BASE,
  net: 'inception-v2',
  options: { form: 'paper' },
  steps: 5_000_000,
  optimiser: {
    kind: 'sgd',
    rate: 0.0075,
    weightDecay: 0.00004,
    averaging: AVERAGING,
    schedule: { ...RATE_2014, epochs: 8 / 6 },
  },
  input: { shorterSide: 256, size: 224, augment: distorted(MILD_DISTORTION) },
};

const inception299 = (net: string, epochs: number, optimiser: { clipNorm?: number }): CellConfigSpec => ({
  ...BASE,
  net,
  options: { form: 'paper' },
  steps: epochsOf(epochs, BATCH),
  optimiser: {
    kind: 'rmsprop',
    rate: 0.045,
    decay: 0.9,
    epsilon: 1,
    averaging: AVERAGING,
    schedule: { kind: 'epochs', epochs: 2, factor: 0.94 },
    ...optimiser,
  },
  input: { shorterSide: 342, size: 299, augment: distorted(DISTORTION) },
});

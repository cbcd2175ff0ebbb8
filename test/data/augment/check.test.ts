/** Inputs that make no sense are one line before anything is trained; the papers' own are none. */
import { expect, test } from 'vitest';
import { type Augmentation, DEFAULT_INPUT, type InputConfig } from '../../../src/core/input.ts';
import { checkInput } from '../../../src/data/augment/check.ts';

const CIFAR = { name: 'cifar-10', shape: [32, 32, 3] } as const;
const MNIST = { name: 'mnist', shape: [28, 28, 1] } as const;
const PHOTOS = { name: 'folder', shape: [100, 100, 3], sizesDiffer: true } as const;

const crop: Augmentation = { kind: 'random-crop' };
const padCrop: Augmentation = { kind: 'pad-crop', pad: 4 };
const flip: Augmentation = { kind: 'flip' };
const noise: Augmentation = { kind: 'colour-noise', std: 0.1, axes: 'imagenet' };
const photometric: Augmentation = { kind: 'photometric', strength: 0.5 };
const jitter = (from: number, to: number): Augmentation => ({ kind: 'scale-jitter', from, to });
const area: Augmentation = { kind: 'area-crop', area: [0.08, 1], aspect: [3 / 4, 4 / 3] };

type Case = [input: Partial<InputConfig>, dataset: Parameters<typeof checkInput>[1]];

test.each<Case>([
  [{}, CIFAR],
  [{}, MNIST],
  [{ augment: [padCrop, flip] }, CIFAR],
  [{ augment: [padCrop, flip] }, MNIST],
  [{ size: 28, augment: [crop, flip, noise] }, CIFAR],
  [{ shorterSide: 256, size: 224, augment: [crop, flip, noise] }, PHOTOS],
  [{ shorterSide: 256, size: 224, augment: [jitter(256, 512), crop, flip, noise] }, PHOTOS],
  [{ shorterSide: 256, size: 224, augment: [flip, area, photometric] }, PHOTOS],
])('%j on %j', (input, dataset) => {
  expect(() => checkInput({ ...DEFAULT_INPUT, ...input }, dataset, 'here')).not.toThrow();
});

test.each<[...Case, message: string]>([
  [{}, PHOTOS, 'size: expected a side, since the pictures of folder differ in size, got null'],
  [{ shorterSide: 24 }, CIFAR, 'size: expected a side of at most input.shorterSide 24, got null'],
  [{ size: 33 }, CIFAR, "size: expected at most 32, the shorter side of cifar-10's pictures, got 33"],
  [{ shorterSide: 256, size: 299 }, PHOTOS, 'size: expected at most 256, input.shorterSide, got 299'],
  [{ augment: [crop] }, CIFAR, 'augment.0: expected input.size to be given, got random-crop'],
  [{ augment: [flip, padCrop, flip] }, CIFAR, 'augment.2: expected each kind at most once, got flip'],
  [
    { size: 28, augment: [crop, padCrop] },
    CIFAR,
    'augment.1: expected one crop, and random-crop is there, got pad-crop {"pad":4}',
  ],
  [
    { size: 28, augment: [noise, crop] },
    CIFAR,
    'augment.1: expected crops and jitter before colour-noise, got random-crop',
  ],
  [
    { size: 28, augment: [jitter(28, 32)] },
    CIFAR,
    'augment.0: expected random-crop after scale-jitter, got scale-jitter',
  ],
  [{ size: 28, augment: [jitter(24, 32), crop] }, CIFAR, 'augment.0: expected from to be at least input.size 28'],
  [{ size: 28, augment: [jitter(32, 30), crop] }, CIFAR, 'augment.0: expected from at most to, got'],
  [
    { size: 4, augment: [padCrop] },
    CIFAR,
    'augment.0: expected a pad below 4, the side of what the net sees, got pad-crop',
  ],
  [{ augment: [noise] }, MNIST, 'augment.0: expected pictures of 3 channels (mnist has 1), got colour-noise'],
])('%j on %j is refused', (input, dataset, message) => {
  expect(() => checkInput({ ...DEFAULT_INPUT, ...input }, dataset, 'here')).toThrow(`here: input.${message}`);
});

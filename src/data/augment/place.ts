/** Where a training image's window lies: crops, jitter and flips, as draws. Nothing here touches a pixel. */
import type { Augmentation } from '../../core/input.ts';
import type { InputFormat } from './format.ts';
import { drawsOf } from './kinds.ts';
import type { SeekableStream } from './philox.ts';
import { type Area, type Size, sizeAtShorterSide } from './resample.ts';
import { centralArea, type Window } from './windows.ts';

type Of<K extends Augmentation['kind']> = Extract<Augmentation, { kind: K }>;

/** The window of image `index`, which is stored with size `stored`. Without a crop it is the middle, as in evaluation. */
export function placeWindow(
  index: number,
  stored: Size,
  augment: readonly Augmentation[],
  format: Pick<InputFormat, 'shape' | 'shorterSide'>,
  draws: SeekableStream,
): Window {
  const { shape } = format;
  let size = sizeAtShorterSide(stored, format.shorterSide);
  let area = centralArea(size, shape);
  let flip = false;
  let shorterSide: number | undefined;
  for (const augmentation of augment) {
    const { kind } = augmentation;
    const own = drawsOf(draws, index, kind);
    if (kind === 'flip') flip = own.uniform() < 0.5;
    else if (kind === 'random-crop') area = cropWithin(size, shape, 0, own);
    else if (kind === 'pad-crop') area = cropWithin(size, shape, augmentation.pad, own);
    else if (kind === 'area-crop') area = cropByArea(augmentation, size, own);
    else if (kind === 'scale-jitter') {
      shorterSide = jitterSide(augmentation, own);
      size = sizeAtShorterSide(stored, shorterSide);
    }
  }
  const { top, left, height, width } = area;
  return { top, left, height, width, flip, ...(shorterSide === undefined ? {} : { shorterSide }) };
}

/**
 * VGG (Simonyan & Zisserman 2015, §3.1): S uniform in [256, 512], both ends included; ResNet (He et al. 2015, §3.4):
 * [256, 480].
 */
function jitterSide({ from, to }: Of<'scale-jitter'>, draws: SeekableStream): number {
  return from + draws.below(to - from + 1);
}

/**
 * Every place is as likely. AlexNet (Krizhevsky et al. 2012, §4.1): 224 out of 256, `pad` 0. CIFAR (He et al. 2015, §4.2):
 * `pad` 4 and the picture's own size. The padding is the mean pixel, zero after normalisation: the Torch code on which
 * the authors built their next paper's normalises first and pads then.
 */
function cropWithin(size: Size, [height, width]: InputFormat['shape'], pad: number, draws: SeekableStream): Area {
  const top = draws.below(Math.max(0, size.height + 2 * pad - height) + 1) - pad;
  const left = draws.below(Math.max(0, size.width + 2 * pad - width) + 1) - pad;
  return { top, left, height, width };
}

/** After so many areas that do not fit the picture, the largest window in its middle is taken, as torchvision does. */
const AREA_TRIES = 10;

/**
 * GoogLeNet (Szegedy et al. 2014, §6): an area uniform in 8 % … 100 % of the picture's, a width/height between 3/4 and
 * 4/3, here uniform in its logarithm so that upright and lying windows are as likely. Sides are rounded to whole pixels.
 */
function cropByArea({ area, aspect }: Of<'area-crop'>, size: Size, draws: SeekableStream): Area {
  const [low, high] = [Math.log(aspect[0]), Math.log(aspect[1])];
  for (let tries = 0; tries < AREA_TRIES; tries++) {
    const pixels = size.height * size.width * (area[0] + (area[1] - area[0]) * draws.uniform());
    const ratio = Math.exp(low + (high - low) * draws.uniform());
    const width = Math.max(1, Math.round(Math.sqrt(pixels * ratio)));
    const height = Math.max(1, Math.round(Math.sqrt(pixels / ratio)));
    if (width > size.width || height > size.height) continue;
    return { top: draws.below(size.height - height + 1), left: draws.below(size.width - width + 1), height, width };
  }
  return largestCentral(size, aspect);
}

/** The largest window in the middle whose width/height lies within `aspect`. */
function largestCentral(size: Size, [narrow, broad]: Of<'area-crop'>['aspect']): Area {
  const width = Math.min(size.width, Math.max(1, Math.round(size.height * broad)));
  const height = Math.min(size.height, Math.max(1, Math.round(size.width / narrow)));
  return centralArea(size, [height, width]);
}

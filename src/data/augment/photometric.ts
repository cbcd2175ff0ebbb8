/** Photometric distortion (Howard 2013, "Some improvements on deep convolutional neural network based image classification", §2). */
import { permutation, type Stream } from '../../core/random.ts';
import type { WorkImage } from './work-image.ts';

/**
 * Brightness, contrast and saturation in a random order, each by a factor f uniform in 1 − strength … 1 + strength:
 * every value x becomes f·x + (1 − f)·g, cut to 0 … 255, where g is 0 for brightness, the image's mean grey for contrast and
 * the pixel's own grey for saturation. Howard's factors are 0.5 … 1.5, so strength 0.5; BN-Inception (Ioffe & Szegedy
 * 2015, §4.2.1) reduces them and gives no number. Strength 0 changes nothing. The image's numbers are 0 … 255.
 */
export function distortColours(image: WorkImage, strength: number, draws: Stream): void {
  const factors = STEPS.map(() => 1 + strength * (2 * draws.uniform() - 1));
  for (const k of permutation(STEPS.length, draws)) (STEPS[k] as Step)(image, factors[k] as number);
}

type Step = (image: WorkImage, factor: number) => void;

const STEPS: readonly Step[] = [
  (image, factor) => image.scale(factor, 0),
  (image, factor) => image.scale(factor, (1 - factor) * image.meanGrey()),
  (image, factor) => image.saturate(factor),
];

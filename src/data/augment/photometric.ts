/** Photometric distortion (Howard 2013, "Some improvements on deep convolutional neural network based image classification", §2). */
import { permutation, type Stream } from '../../core/random.ts';

/** Weights of red, green and blue in grey (ITU-R BT.601), as the imaging library has them that Howard used. */
const GREY = [0.299, 0.587, 0.114] as const;

/**
 * Brightness, contrast and saturation in a random order, each by a factor f uniform in 1 − strength … 1 + strength:
 * every value x becomes f·x + (1 − f)·g, cut to 0 … 255, where g is 0 for brightness, the image's mean grey for contrast and
 * the pixel's own grey for saturation. Howard's factors are 0.5 … 1.5, so strength 0.5; BN-Inception (Ioffe & Szegedy
 * 2015, §4.2.1) reduces them and gives no number. Strength 0 changes nothing. `values` are 0 … 255 [height, width, 3].
 */
export function distortColours(values: Float32Array, strength: number, draws: Stream): void {
  const factors = STEPS.map(() => 1 + strength * (2 * draws.uniform() - 1));
  for (const k of permutation(STEPS.length, draws)) (STEPS[k] as Step)(values, factors[k] as number);
}

type Step = (values: Float32Array, factor: number) => void;

const STEPS: readonly Step[] = [changeBrightness, changeContrast, changeSaturation];

function changeBrightness(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] = byteRange(factor * (values[i] as number));
}

function changeContrast(values: Float32Array, factor: number): void {
  let sum = 0;
  for (let i = 0; i < values.length; i += 3) sum += greyOf(values, i);
  const grey = (1 - factor) * (sum / (values.length / 3));
  for (let i = 0; i < values.length; i++) values[i] = byteRange(factor * (values[i] as number) + grey);
}

function changeSaturation(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i += 3) {
    const grey = (1 - factor) * greyOf(values, i);
    values[i] = byteRange(factor * (values[i] as number) + grey);
    values[i + 1] = byteRange(factor * (values[i + 1] as number) + grey);
    values[i + 2] = byteRange(factor * (values[i + 2] as number) + grey);
  }
}

const greyOf = (values: Float32Array, i: number): number =>
  GREY[0] * (values[i] as number) + GREY[1] * (values[i + 1] as number) + GREY[2] * (values[i + 2] as number);

/** `Math.min` and `Math.max` take care of NaN, which costs more than all the rest. */
function byteRange(value: number): number {
  if (value < 0) return 0;
  if (value > 255) return 255;
  return value;
}

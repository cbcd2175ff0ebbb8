/** From bytes to a net's numbers. */
import type { LoadedDataset } from '../../core/dataset.ts';
import { type InputConfig, type InputScale, inputShape } from '../../core/input.ts';

/** How stored pictures become numbers. */
export interface InputFormat {
  /** [height, width, channels] that the net sees. */
  shape: readonly [number, number, number];
  /** Pictures are resized to it before a window is cut; null: they stay as they are. */
  shorterSide: number | null;
  scale: InputScale;
  /** Per channel, of pixels divided by 255. */
  mean: readonly number[];
  std: readonly number[];
}

/** The format that a run's configuration asks for on a dataset. */
export function inputFormat(
  { shape, mean, std }: Pick<LoadedDataset, 'shape' | 'mean' | 'std'>,
  input: Pick<InputConfig, 'size' | 'shorterSide' | 'scale'>,
): InputFormat {
  return { shape: inputShape(shape, input), shorterSide: input.shorterSide, scale: input.scale, mean, std };
}

const tables = new WeakMap<InputFormat, Int32Array>();

/**
 * The bits of the float32 number of byte `value` in a channel are at 256 · channel + value: each is normalised once. Bits,
 * since moving numbers costs a conversion to double and back.
 */
export function normalisedBytes(format: InputFormat): Int32Array {
  const table = tables.get(format) ?? tableOf(format, (channel, value) => normalisedValue(format, channel, value));
  tables.set(format, table);
  return table;
}

/** Bytes as they are, for what is normalised later. */
export const rawBytes = (format: InputFormat): Int32Array => tableOf(format, (_, value) => value);

function tableOf({ mean }: InputFormat, numberOf: (channel: number, value: number) => number): Int32Array {
  const numbers = Float32Array.from({ length: 256 * mean.length }, (_, i) => numberOf(i >> 8, i & 255));
  return new Int32Array(numbers.buffer);
}

function normalisedValue({ scale, mean, std }: InputFormat, channel: number, value: number): number {
  const centre = mean[channel] as number;
  return scale === 'centred' ? value - 255 * centre : (value / 255 - centre) / (std[channel] as number);
}

/** A picture's rows in memory, the place of a part of it, and where that part goes in the input. */
export interface Placed {
  pixels: Uint8Array;
  /** Pixels in a row of `pixels`. */
  stride: number;
  top: number;
  left: number;
  height: number;
  width: number;
  toTop: number;
  /** Of the leftmost pixel, after a flip. */
  toLeft: number;
  flip: boolean;
}

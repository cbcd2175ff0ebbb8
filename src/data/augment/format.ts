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

/** Values 0 … 255 [height, width, channels] in place: of bytes the same bits as `normalisedBytes`. */
export function normalise(values: Float32Array, { scale, mean, std }: InputFormat): void {
  const channels = mean.length;
  for (let channel = 0; channel < channels; channel++) {
    const [centre, spread] = [mean[channel] as number, std[channel] as number];
    for (let i = channel; i < values.length; i += channels) {
      const value = values[i] as number;
      values[i] = scale === 'centred' ? value - 255 * centre : (value / 255 - centre) / spread;
    }
  }
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

/** Writes a part through a table of bytes to the image [height, width, channels] that begins at `start` of `values`. */
export function copyThrough(
  table: Int32Array,
  part: Placed,
  [, width, channels]: InputFormat['shape'],
  values: Int32Array,
  start: number,
): void {
  const step = part.flip ? -channels : channels;
  const first = part.toLeft + (part.flip ? part.width - 1 : 0);
  for (let y = 0; y < part.height; y++) {
    const from = ((part.top + y) * part.stride + part.left) * channels;
    const to = start + ((part.toTop + y) * width + first) * channels;
    if (channels === 3) copyColours(table, part.pixels, from, part.width, values, to, step);
    else copyRow(table, part.pixels, from, part.width, values, to, step);
  }
}

/** Nearly all pictures have three channels: theirs go in one loop, three times as fast. */
function copyColours(
  table: Int32Array,
  pixels: Uint8Array,
  from: number,
  width: number,
  values: Int32Array,
  to: number,
  step: number,
): void {
  const end = from + 3 * width;
  for (let p = from, o = to; p < end; p += 3, o += step) {
    values[o] = table[pixels[p] as number] as number;
    values[o + 1] = table[(pixels[p + 1] as number) + 256] as number;
    values[o + 2] = table[(pixels[p + 2] as number) + 512] as number;
  }
}

function copyRow(
  table: Int32Array,
  pixels: Uint8Array,
  from: number,
  width: number,
  values: Int32Array,
  to: number,
  step: number,
): void {
  const channels = Math.abs(step);
  for (let channel = 0; channel < channels; channel++)
    for (let x = 0, p = from + channel, o = to + channel; x < width; x++, p += channels, o += step)
      values[o] = table[256 * channel + (pixels[p] as number)] as number;
}

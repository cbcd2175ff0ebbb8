/**
 * Resizing of bytes, bilinear with antialiasing: the triangle widens with the reduction. Pillow's arithmetic for
 * `resize(…, BILINEAR)`: 22 bits of fraction, columns before rows, each pass rounded to bytes. The bytes are Pillow's;
 * where a newer Pillow begins with the rows, since they are less work, they are within 1.
 */
import type { Picture } from '../../core/dataset.ts';

export interface Size {
  height: number;
  width: number;
}

export interface Area extends Size {
  top: number;
  left: number;
}

/** The picture's size once its shorter side is `shorterSide`; the longer one is cut to whole pixels, as torchvision does. */
export function sizeAtShorterSide({ height, width }: Size, shorterSide: number | null): Size {
  if (shorterSide === null || Math.min(height, width) === shorterSide) return { height, width };
  if (width <= height) return { height: Math.floor((shorterSide * height) / width), width: shorterSide };
  return { height: shorterSide, width: Math.floor((shorterSide * width) / height) };
}

/** Writes the part `area` of `picture` resized to `size`: what lies outside of it is not computed. */
export function resample(picture: Picture, channels: number, size: Size, area: Area, out: Uint8Array): void {
  const columns = weigh(picture.width, size.width, area.left, area.width);
  const rows = weigh(picture.height, size.height, area.top, area.height);
  const from = rows.first[0] as number;
  const to = (rows.first[area.height - 1] as number) + (rows.count[area.height - 1] as number);
  const stride = area.width * channels;
  if (between.length < (to - from) * stride) between = new Uint8Array((to - from) * stride);
  for (let y = from; y < to; y++) resizeRow(picture, channels, y, columns, (y - from) * stride);
  for (let y = 0; y < area.height; y++) resizeColumn(rows, y, from, stride, out);
}

/** Rows between the two passes. */
let between = new Uint8Array(0);

const FRACTION_BITS = 22;
const ROUNDING = 1 << (FRACTION_BITS - 1);

/** For each output pixel: its first input pixel, how many, and their weights, `taps` apart. */
interface Weights {
  first: Int32Array;
  count: Int32Array;
  weights: Int32Array;
  taps: number;
}

/** Of the `length` output pixels from `start` on, when `input` pixels become `output`. */
function weigh(input: number, output: number, start: number, length: number): Weights {
  const scale = input / output;
  const support = Math.max(scale, 1);
  const taps = 2 * Math.ceil(support) + 1;
  const [first, count] = [new Int32Array(length), new Int32Array(length)];
  const weights = new Int32Array(length * taps);
  const raw = new Float64Array(taps);
  for (let i = 0; i < length; i++) {
    const centre = (start + i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - support + 0.5));
    const size = Math.min(input, Math.trunc(centre + support + 0.5)) - from;
    let sum = 0;
    for (let k = 0; k < size; k++) sum += raw[k] = triangle((k + from - centre + 0.5) / support);
    for (let k = 0; k < size; k++)
      weights[i * taps + k] = Math.trunc(0.5 + ((raw[k] as number) / sum) * 2 ** FRACTION_BITS);
    first[i] = from;
    count[i] = size;
  }
  return { first, count, weights, taps };
}

const triangle = (x: number): number => Math.max(0, 1 - Math.abs(x));

function resizeRow({ pixels, width }: Picture, channels: number, y: number, columns: Weights, to: number): void {
  const { first, count, weights, taps } = columns;
  for (let x = 0, o = to; x < first.length; x++) {
    const start = (y * width + (first[x] as number)) * channels;
    const end = x * taps + (count[x] as number);
    for (let channel = 0; channel < channels; channel++) {
      let sum = ROUNDING;
      for (let k = x * taps, p = start + channel; k < end; k++, p += channels)
        sum += (weights[k] as number) * (pixels[p] as number);
      between[o++] = sum >> FRACTION_BITS;
    }
  }
}

/** One row of the output. The weights of a pixel sum to 2^22 but for rounding, so no sum leaves the bytes by a unit. */
function resizeColumn(rows: Weights, y: number, from: number, stride: number, out: Uint8Array): void {
  const start = ((rows.first[y] as number) - from) * stride;
  const [begin, end] = [y * rows.taps, y * rows.taps + (rows.count[y] as number)];
  for (let i = 0; i < stride; i++) {
    let sum = ROUNDING;
    for (let k = begin, p = start + i; k < end; k++, p += stride)
      sum += (rows.weights[k] as number) * (between[p] as number);
    out[y * stride + i] = sum >> FRACTION_BITS;
  }
}

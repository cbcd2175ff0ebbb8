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
  const resizeRow = channels === 3 ? resizeColourRow : resizeAnyRow;
  for (let y = from; y < to; y++) resizeRow(picture, y, columns, (y - from) * stride, channels);
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

function resizeAnyRow({ pixels, width }: Picture, y: number, columns: Weights, to: number, channels: number): void {
  const { first, count, weights, taps } = columns;
  for (let x = 0, o = to; x < first.length; x++) {
    const start = (y * width + (first[x] as number)) * channels;
    const end = x * taps + (count[x] as number);
    for (let channel = 0; channel < channels; channel++) {
      let sum = ROUNDING;
      for (let k = x * taps, p = start + channel; k < end; k++, p += channels)
        sum += Math.imul(weights[k] as number, pixels[p] as number);
      between[o++] = sum >> FRACTION_BITS;
    }
  }
}

/** The same for three channels at once, which is twice as fast. */
function resizeColourRow({ pixels, width }: Picture, y: number, columns: Weights, to: number): void {
  const { first, count, weights, taps } = columns;
  const out = between;
  for (let x = 0, o = to; x < first.length; x++, o += 3) {
    const end = x * taps + (count[x] as number);
    let [red, green, blue] = [ROUNDING, ROUNDING, ROUNDING];
    for (let k = x * taps, p = (y * width + (first[x] as number)) * 3; k < end; k++, p += 3) {
      const weight = weights[k] as number;
      red += Math.imul(weight, pixels[p] as number);
      green += Math.imul(weight, pixels[p + 1] as number);
      blue += Math.imul(weight, pixels[p + 2] as number);
    }
    out[o] = red >> FRACTION_BITS;
    out[o + 1] = green >> FRACTION_BITS;
    out[o + 2] = blue >> FRACTION_BITS;
  }
}

/** One row of the output. The weights of a pixel sum to 2^22 but for rounding, so no sum leaves the bytes by a unit. */
function resizeColumn(rows: Weights, y: number, from: number, stride: number, out: Uint8Array): void {
  const begin = y * rows.taps;
  const count = rows.count[y] as number;
  const start = ((rows.first[y] as number) - from) * stride;
  const weights = rows.weights.subarray(begin, begin + count);
  const combine = count <= 3 ? combineThree : combineAny;
  combine(weights, start, stride, out, y * stride);
}

/** Up to three rows: all there are where a picture is enlarged or little reduced. A row that is not there weighs nothing. */
function combineThree(weights: Int32Array, start: number, stride: number, out: Uint8Array, to: number): void {
  const rows = between;
  const [a, b, c] = [weights[0] ?? 0, weights[1] ?? 0, weights[2] ?? 0];
  const second = start + (weights.length > 1 ? stride : 0);
  const third = start + (weights.length > 2 ? 2 * stride : 0);
  for (let i = 0; i < stride; i++) {
    const sum = Math.imul(a, rows[start + i] as number) + Math.imul(b, rows[second + i] as number);
    out[to + i] = (sum + Math.imul(c, rows[third + i] as number) + ROUNDING) >> FRACTION_BITS;
  }
}

function combineAny(weights: Int32Array, start: number, stride: number, out: Uint8Array, to: number): void {
  const rows = between;
  for (let i = 0; i < stride; i++) {
    let sum = ROUNDING;
    for (let k = 0, p = start + i; k < weights.length; k++, p += stride)
      sum += Math.imul(weights[k] as number, rows[p] as number);
    out[to + i] = sum >> FRACTION_BITS;
  }
}

/**
 * Resizing of bytes, bilinear with antialiasing: the triangle widens with the reduction. Pillow's arithmetic for
 * `resize(…, BILINEAR)`: 22 bits of fraction, columns before rows, each pass rounded to bytes. The bytes are Pillow's;
 * where a newer Pillow begins with the rows, since they are less work, they are within 1.
 */
import type { Picture } from '../../core/dataset.ts';
import { kernel } from './kernels/resample.ts';
import { Room } from './kernels/room.ts';

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

/** Writes the part `area` of `picture` resized to `size`: what lies outside of it is not computed. At most four channels. */
export function resample(picture: Picture, channels: number, size: Size, area: Area, out: Uint8Array): void {
  const columns = weigh(picture.width, size.width, area.left, area.width);
  const rows = weigh(picture.height, size.height, area.top, area.height);
  const stride = area.width * channels;
  const betweenStride = stride + GAP_BYTES;
  const sourceStride = picture.width * channels;
  const from = rows.first[0] as number;
  const to = Math.min(picture.height, (rows.first[area.height - 1] as number) + rows.taps);
  const room = new Room(kernel.memory);
  const between = room.take((to - from + rows.taps) * betweenStride);
  const resized = room.take(area.height * stride);
  const byColumn = [room.put(columns.first.map(x => x * channels)), room.put(inHalves(columns.weights))] as const;
  const byRow = [room.put(rows.first.map(y => (y - from) * betweenStride)), room.put(rows.weights)] as const;
  for (let y = from; y < to; y += BAND_ROWS) {
    const height = Math.min(BAND_ROWS, to - y);
    const band = room.lend(picture.pixels, y * sourceStride, (y + height) * sourceStride);
    const out = between + (y - from) * betweenStride;
    kernel.columns(band, height, sourceStride, channels, ...byColumn, columns.taps, area.width, out, betweenStride);
  }
  kernel.rows(between, betweenStride, ...byRow, rows.taps, area.height, resized, stride);
  out.set(room.bytes.subarray(resized, resized + area.height * stride));
}

/** Between rows, which are written two at a time. */
const GAP_BYTES = 4;

/** Input rows that the kernel's memory holds at once: a picture may be larger than memory should grow. */
const BAND_ROWS = 64;

const FRACTION_BITS = 22;

/** For each output pixel: its first input pixel, and an even number of weights, which are zero where there is no pixel. */
interface Weights {
  first: Int32Array;
  weights: Int32Array;
  taps: number;
}

/** Of the `length` output pixels from `start` on, when `input` pixels become `output`. */
function weigh(input: number, output: number, start: number, length: number): Weights {
  const scale = input / output;
  const support = Math.max(scale, 1);
  const taps = 2 * Math.ceil(support);
  const first = new Int32Array(length);
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
  }
  return { first, weights, taps };
}

/** For each two weights, four numbers of 16 bits: the upper 11 bits of both, and the lower ones. */
function inHalves(weights: Int32Array): Int32Array {
  const halves = new Int32Array(weights.length);
  for (let i = 0; i < weights.length; i += 2) {
    const [a, b] = [weights[i] as number, weights[i + 1] as number];
    halves[i] = (a >> 11) | ((b >> 11) << 16);
    halves[i + 1] = (a & 2047) | ((b & 2047) << 16);
  }
  return halves;
}

const triangle = (x: number): number => Math.max(0, 1 - Math.abs(x));

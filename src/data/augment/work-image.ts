/** The numbers of one image on their way to the net, in the memory of the kernels that change them. There is one at a time. */
import type { InputFormat, Placed } from './format.ts';
import { Room } from './kernels/room.ts';
import { kernel } from './kernels/values.ts';

const FLOAT_BYTES = 4;

export class WorkImage {
  readonly #shape: InputFormat['shape'];
  readonly #room = new Room(kernel.memory);
  readonly #table: number;
  readonly #values: number;
  readonly #count: number;
  #view: Float32Array = new Float32Array(0);

  /** `table` has the bits of a number for each byte of each channel, as `normalisedBytes` gives them. */
  constructor(shape: InputFormat['shape'], table: Int32Array) {
    this.#shape = shape;
    this.#count = shape[0] * shape[1] * shape[2];
    this.#table = this.#room.put(table);
    this.#values = this.#room.take(this.#count * FLOAT_BYTES);
  }

  /** A part of a picture through the table. What of the image lies beside it stays as it is. */
  place({ pixels, stride, top, left, height, width, toTop, toLeft, flip }: Placed): void {
    const [, columns, channels] = this.#shape;
    const from = (top * stride + left) * channels;
    const source = this.#room.lend(pixels, from, from + ((height - 1) * stride + width) * channels);
    const first = toTop * columns + toLeft + (flip ? width - 1 : 0);
    const pixelBytes = channels * FLOAT_BYTES;
    kernel.lookUp(
      this.#table,
      source,
      stride * channels,
      height,
      width * channels,
      channels,
      this.#values + first * pixelBytes,
      columns * pixelBytes,
      flip ? -pixelBytes : pixelBytes,
    );
  }

  /** [height, width, channels], until the next picture is placed. */
  get values(): Float32Array {
    const { floats } = this.#room;
    if (this.#view.buffer !== floats.buffer) {
      const first = this.#values / FLOAT_BYTES;
      this.#view = floats.subarray(first, first + this.#count);
    }
    return this.#view;
  }

  /** Every number x becomes factor · x + offset, cut to 0 … 255. */
  scale(factor: number, offset: number): void {
    kernel.scale(this.#values, this.#count, factor, offset);
  }

  /** ITU-R BT.601. */
  meanGrey(): number {
    return kernel.greySum(this.#values, this.#pixels) / this.#pixels;
  }

  /** Every number x becomes factor · x + (1 − factor) · its pixel's grey, cut to 0 … 255. */
  saturate(factor: number): void {
    kernel.saturate(this.#values, this.#pixels, factor);
  }

  /** Adds a number to each channel. */
  shift(colour: readonly [number, number, number]): void {
    kernel.shift(this.#values, this.#pixels, ...colour);
  }

  /** Of three channels, 0 … 255: of whole numbers the same bits as `normalisedBytes`. */
  normalise({ scale, mean, std }: Pick<InputFormat, 'scale' | 'mean' | 'std'>): void {
    const [m0, m1, m2] = mean as [number, number, number];
    const [s0, s1, s2] = std as [number, number, number];
    if (scale === 'standardised') kernel.normalise(this.#values, this.#pixels, 255, m0, m1, m2, s0, s1, s2);
    else kernel.normalise(this.#values, this.#pixels, 1, 255 * m0, 255 * m1, 255 * m2, 1, 1, 1);
  }

  get #pixels(): number {
    return this.#shape[0] * this.#shape[1];
  }
}

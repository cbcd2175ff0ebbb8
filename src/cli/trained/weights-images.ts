/** The images of `bench weights check`: drawn, or from a file. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { NetDescription, Shape } from '../../core/net.ts';
import { sizeOf } from '../../core/parameters.ts';
import { stream } from '../../core/random.ts';
import { readSafetensors } from '../../engine/safetensors.ts';
import { kernelFromTorch } from '../../engine/weight-maps/kernels.ts';

/** Standard normal values, as normalised images have; the first n are the same however many are asked for. */
export function randomImages(count: number, { input }: NetDescription, seed: number): Float32Array {
  const draws = stream(seed, 'weights check');
  return Float32Array.from({ length: count * sizeOf(input) }, () => draws.normal());
}

/** The tensor `images` of a file: [images, height, width, channels] or, as torch has them, [images, channels, height, width]. */
export function givenImages(path: string, { input }: NetDescription): Float32Array {
  const { shape, values } = readSafetensors(path).read('images');
  const [height, width, channels] = input as [number, number, number];
  const [count = 0, ...one] = shape;
  if (count > 0 && isSame(one, input)) return values;
  if (count > 0 && isSame(one, [channels, height, width]))
    return channelsLast(values, count, [height, width, channels]);
  throw new UserError(
    `${path}: expected images of [n, ${input}] or [n, ${[channels, height, width]}], got [${shape}]. Check --input.`,
    { exitCode: EXIT.noData },
  );
}

/** An image is moved as a kernel is that has it as its one output. */
function channelsLast(values: Float32Array, count: number, [height, width, channels]: [number, number, number]) {
  const size = height * width * channels;
  const moved = new Float32Array(values.length);
  for (let from = 0; from < count * size; from += size)
    moved.set(kernelFromTorch(values.subarray(from, from + size), [height, width, channels, 1]), from);
  return moved;
}

function isSame(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

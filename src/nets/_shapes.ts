/** What layers ask of their inputs' shapes, and the sizes that windows leave. What does not fit is one clear line. */
import { UserError } from '../core/errors.ts';
import type { Layer, Padding } from '../core/net.ts';

export function requireVector(name: string, x: Layer): void {
  if (x.output.length !== 1)
    throw new UserError(`layer ${name}: expected a vector, got [${x.output}]. Flatten or pool first.`);
}

export function requireSameShape(name: string, inputs: readonly Layer[]): void {
  const first = inputs[0]?.output ?? [];
  const isSame = ({ output }: Layer): boolean =>
    output.length === first.length && output.every((extent, i) => extent === first[i]);
  if (inputs.every(isSame)) return;
  const got = inputs.map(input => `[${input.output}]`).join(' and ');
  throw new UserError(`layer ${name}: expected inputs of one shape, got ${got}.`);
}

export function requireDivisible(name: string, { channels, filters, groups }: Record<string, number>): void {
  if (Number(channels) % Number(groups) === 0 && Number(filters) % Number(groups) === 0) return;
  throw new UserError(
    `layer ${name}: ${groups} groups expect channels that divide into them, got ${channels} → ${filters}.`,
  );
}

export function imageShape(name: string, x: Layer): readonly [number, number, number] {
  const [height, width, channels] = x.output;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new UserError(`layer ${name}: expected [height, width, channels], got [${x.output}].`);
  }
  return [height, width, channels];
}

/** Height and width that a window of `size` [height, width] leaves of an image. */
export function slidingShape(
  name: string,
  x: Layer,
  size: readonly [number, number],
  stride: number,
  padding: Padding,
): [height: number, width: number] {
  const [height, width] = imageShape(name, x);
  const [high, broad] = size;
  return [slidingOutput(name, height, high, stride, padding), slidingOutput(name, width, broad, stride, padding)];
}

/** Positions of a window of `size` that moves by `stride` (Dumoulin & Visin 2016, relations 6 and 8). */
function slidingOutput(name: string, extent: number, size: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(extent / stride);
  const pixels = padding === 'valid' ? 0 : padding;
  const output = Math.floor((extent + 2 * pixels - size) / stride) + 1;
  if (output < 1) {
    throw new UserError(
      `layer ${name}: a window of ${size} does not fit into ${extent} pixels. Use a larger image or the small form.`,
    );
  }
  return output;
}

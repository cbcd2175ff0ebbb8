/** Layers of the Neocognitron: planes of S-cells that extract features, planes of C-cells that tolerate their shifts. */
import type { CCellConstants, Layer, Padding, SCellConstants } from '../core/net.ts';
import { imageShape, slidingShape } from './_shapes.ts';

interface Window {
  size: number;
  /** Default: half the window, so that the planes keep their size. */
  padding?: Padding;
}

export function sCells(
  name: string,
  x: Layer,
  { padding = 'same', ...rest }: { planes: number } & Window & SCellConstants,
): Layer {
  const output = [...slidingShape(name, x, [rest.size, rest.size], 1, padding), rest.planes];
  return { name, op: { kind: 's-cells', padding, ...rest }, inputs: [x], output };
}

export function cCells(
  name: string,
  x: Layer,
  { padding = 'same', ...rest }: { stride: number } & Window & CCellConstants,
): Layer {
  const [, , planes] = imageShape(name, x);
  const output = [...slidingShape(name, x, [rest.size, rest.size], rest.stride, padding), planes];
  return { name, op: { kind: 'c-cells', padding, ...rest }, inputs: [x], output };
}

/** Layers of the Neocognitron: planes of S-cells that extract features, planes of C-cells that tolerate their shifts. */
import type { CCellConstants, Layer, Padding, SCellConstants } from '../core/net.ts';
import { imageShape, slidingOutput } from './_shapes.ts';

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
  const [height, width] = imageShape(name, x);
  const along = (extent: number): number => slidingOutput(name, extent, rest.size, 1, padding);
  const output = [along(height), along(width), rest.planes];
  return { name, op: { kind: 's-cells', padding, ...rest }, inputs: [x], output };
}

export function cCells(
  name: string,
  x: Layer,
  { padding = 'same', ...rest }: { stride: number } & Window & CCellConstants,
): Layer {
  const [height, width, planes] = imageShape(name, x);
  const along = (extent: number): number => slidingOutput(name, extent, rest.size, rest.stride, padding);
  return {
    name,
    op: { kind: 'c-cells', padding, ...rest },
    inputs: [x],
    output: [along(height), along(width), planes],
  };
}

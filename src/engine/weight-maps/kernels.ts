/** Kernels in our order, [height, width, in, out], and in torch's, [out, in, height, width]. */
import type { Shape } from '../../core/net.ts';
import { sizeOf } from '../../core/parameters.ts';

export type KernelShape = readonly [height: number, width: number, inputs: number, outputs: number];

/** Torch's shape of it: a linear layer's has two axes. */
export function torchShape([height, width, inputs, outputs]: KernelShape, linear: boolean): Shape {
  return linear ? [outputs, inputs * height * width] : [outputs, inputs, height, width];
}

export function kernelToTorch(values: Float32Array, shape: KernelShape): Float32Array {
  const moved = new Float32Array(sizeOf(shape));
  forEachPlace(shape, (ours, theirs) => {
    moved[theirs] = values[ours] as number;
  });
  return moved;
}

export function kernelFromTorch(values: Float32Array, shape: KernelShape): Float32Array {
  const moved = new Float32Array(sizeOf(shape));
  forEachPlace(shape, (ours, theirs) => {
    moved[ours] = values[theirs] as number;
  });
  return moved;
}

function forEachPlace([height, width, inputs, outputs]: KernelShape, visit: (ours: number, theirs: number) => void) {
  const pixels = height * width;
  let ours = 0;
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let input = 0; input < inputs; input++)
      for (let output = 0; output < outputs; output++) visit(ours++, (output * inputs + input) * pixels + pixel);
}

import type { Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createElementwise({ T, NHWC, one, custom }: Kernels) {
  function relu(x: Tensor): Tensor {
    return custom(
      [x],
      (save, [x]) => {
        const y = one('Relu', [T], [x]);
        save([y]);
        return y;
      },
      (dy, [y]) => [one('ReluGrad', [T], [dy, y])],
    );
  }

  /** Inputs of one shape: tfjs would reshape and reduce in the gradient in case they broadcast. */
  function addSame(a: Tensor, b: Tensor): Tensor {
    return custom(
      [a, b],
      (_save, [a, b]) => one('AddV2', [T], [a, b]),
      dy => [dy, dy],
    );
  }

  /** Adds [channels] to each position. */
  function biasAdd(x: Tensor, bias: Tensor): Tensor {
    return custom(
      [x, bias],
      (_save, [x, bias]) => one('BiasAdd', [T, NHWC], [x, bias]),
      dy => [dy, one('BiasAddGrad', [T, NHWC], [dy])],
    );
  }

  return { relu, addSame, biasAdd };
}

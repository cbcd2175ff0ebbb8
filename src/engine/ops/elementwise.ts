import type { ActivationFunction } from '../../core/net.ts';
import type { Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createElementwise({ tf, T, NHWC, one, custom }: Kernels) {
  /** Kernels whose gradient follows from their output: `gradient(dy, y)`, or of (y, dy) where TensorFlow wants it so. */
  const byOutput = (op: string, gradient: (dy: Tensor, y: Tensor) => Tensor) => (x: Tensor) =>
    custom(
      [x],
      (save, [x]) => {
        const y = one(op, [T], [x]);
        save([y]);
        return y;
      },
      (dy, [y]) => [gradient(dy, y)],
    );

  const relu = byOutput('Relu', (dy, y) => one('ReluGrad', [T], [dy, y]));
  const tanh = byOutput('Tanh', (dy, y) => one('TanhGrad', [T], [y, dy]));
  const sigmoid = byOutput('Sigmoid', (dy, y) => one('SigmoidGrad', [T], [y, dy]));
  const times = (x: Tensor, factor: number): Tensor => tf.mul(x, tf.scalar(factor));

  const activations: Record<ActivationFunction, (x: Tensor) => Tensor> = {
    relu,
    tanh,
    sigmoid,
    'scaled-tanh': x => times(tanh(times(x, 2 / 3)), 1.7159),
  };

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

  const activate = (x: Tensor, how: ActivationFunction): Tensor => activations[how](x);
  return { activate, times, addSame, biasAdd };
}

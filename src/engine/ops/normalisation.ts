import { DTYPE, type OpAttribute, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

/** `x` is an image; the others have one value a channel. */
export interface BatchNormInputs {
  x: Tensor;
  gamma: Tensor;
  beta: Tensor;
  mean: Tensor;
  variance: Tensor;
}

export interface LrnConstants {
  /** Odd. */
  size: number;
  bias: number;
  alpha: number;
  beta: number;
}

export function createNormalisation({ tf, type, bool, int, float, T, NHWC, one, many, custom }: Kernels) {
  /** Normalises by the batch. `mean` and `variance` come back as kept tensors: old · momentum + batch · (1 − momentum). */
  function batchNormTraining(
    inputs: BatchNormInputs,
    epsilon: number,
    momentum: number,
  ): { y: Tensor; mean: Tensor; variance: Tensor } {
    const attributes = batchNormAttributes(epsilon, true);
    let moving: [Tensor, Tensor] | undefined;
    const y = custom(
      [inputs.x, inputs.gamma, inputs.beta],
      (save, [x, gamma, beta]) => {
        const all = [x, gamma, beta, inputs.mean, inputs.variance];
        const outputs = many(
          'FusedBatchNormV3',
          [...attributes, float('exponential_avg_factor', 1 - momentum)],
          all,
          6,
        );
        const [y, mean, variance, ...reserved] = outputs as [Tensor, Tensor, Tensor, ...Tensor[]];
        moving = [tf.keep(mean), tf.keep(variance)];
        save([x, gamma, ...reserved]);
        return y;
      },
      (dy, saved) => many('FusedBatchNormGradV3', attributes, [dy, ...saved], 5).slice(0, 3),
    );
    const [mean, variance] = moving as [Tensor, Tensor];
    return { y, mean, variance };
  }

  function batchNormInference({ x, gamma, beta, mean, variance }: BatchNormInputs, epsilon: number): Tensor {
    const attributes = [...batchNormAttributes(epsilon, false), float('exponential_avg_factor', 1)];
    return many('FusedBatchNormV3', attributes, [x, gamma, beta, mean, variance], 6)[0] as Tensor;
  }

  /** x / (bias + alpha · Σ x²)^beta, the sum over `size` neighbouring channels (Krizhevsky et al. 2012, §3.3). */
  function lrn(x: Tensor, { size, bias, alpha, beta }: LrnConstants): Tensor {
    const constants = [float('bias', bias), float('alpha', alpha), float('beta', beta)];
    const attributes = [T, int('depth_radius', (size - 1) / 2), ...constants];
    return custom(
      [x],
      (save, [x]) => {
        const y = one('LRN', attributes, [x]);
        save([x, y]);
        return y;
      },
      (dy, [x, y]) => [one('LRNGrad', attributes, [dy, x, y])],
    );
  }

  function batchNormAttributes(epsilon: number, training: boolean): OpAttribute[] {
    return [T, type('U', DTYPE.float32), float('epsilon', epsilon), NHWC, bool('is_training', training)];
  }

  return { batchNormTraining, batchNormInference, lrn };
}

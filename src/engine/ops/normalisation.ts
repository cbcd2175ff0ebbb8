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

export function createNormalisation({ tf, type, bool, float, T, NHWC, many, custom }: Kernels) {
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

  /**
   * x / (bias + alpha · Σ x²)^beta, the sum over `size` neighbouring channels (Krizhevsky et al. 2012, §3.3). The sum is a
   * product with a band matrix: TensorFlow's own kernels walk channel by channel and take twice the time.
   */
  function lrn(x: Tensor, constants: LrnConstants): Tensor {
    const { alpha, beta } = constants;
    const { flat, band } = byChannels(x, constants);
    const y = custom(
      [flat],
      (save, [x]) => {
        const denominator = denominatorOf(x as Tensor, band, constants);
        const scale = toMinus(denominator, beta);
        save([x, denominator, scale, band]);
        return tf.mul(x, scale);
      },
      (dy, [x, denominator, scale, band]) => {
        const dyScale = tf.mul(dy, scale);
        const shared = sumOver(tf.div(tf.mul(dyScale, x), denominator), band as Tensor);
        return [tf.sub(dyScale, times(tf.mul(x, shared), 2 * alpha * beta))];
      },
    );
    return tf.reshape(y, x.shape);
  }

  /** bias + alpha · Σ x² of `lrn`, [positions, channels]. */
  function lrnDenominator(x: Tensor, constants: LrnConstants): Tensor {
    const { flat, band } = byChannels(x, constants);
    return denominatorOf(flat, band, constants);
  }

  function byChannels(x: Tensor, { size }: LrnConstants): { flat: Tensor; band: Tensor } {
    const channels = x.shape[3] as number;
    return { flat: tf.reshape(x, [-1, channels]), band: tf.tensor2d(bandMatrix(channels, (size - 1) / 2)) };
  }

  const sumOver = (values: Tensor, band: Tensor): Tensor => tf.matMul(values as never, band as never);
  const times = (values: Tensor, factor: number): Tensor => tf.mul(values, tf.scalar(factor));
  const denominatorOf = (x: Tensor, band: Tensor, { alpha, bias }: LrnConstants): Tensor =>
    tf.add(times(sumOver(tf.square(x), band), alpha), tf.scalar(bias));

  /** x^−exponent; a power costs ten times the roots that it is for the paper's 0.75. */
  function toMinus(x: Tensor, exponent: number): Tensor {
    if (exponent !== 0.75) return tf.pow(x, tf.scalar(-exponent));
    const root = tf.rsqrt(x);
    return tf.mul(root, tf.sqrt(root));
  }

  function batchNormAttributes(epsilon: number, training: boolean): OpAttribute[] {
    return [T, type('U', DTYPE.float32), float('epsilon', epsilon), NHWC, bool('is_training', training)];
  }

  return { batchNormTraining, batchNormInference, lrn, lrnDenominator };
}

/** 1 where two channels are at most `reach` apart, else 0. */
function bandMatrix(channels: number, reach: number): number[][] {
  return Array.from({ length: channels }, (_, row) =>
    Array.from({ length: channels }, (_, column) => Number(Math.abs(row - column) <= reach)),
  );
}

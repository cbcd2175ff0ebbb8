import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createLoss({ tf, type, T, many, custom }: Kernels) {
  /** Logits [batch, classes], int32 labels [batch] → loss of each example in nats. */
  function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
    return fromKernel(logits, logits =>
      many('SparseSoftmaxCrossEntropyWithLogits', [T, type('Tlabels', DTYPE.int32)], [logits, labels], 2),
    );
  }

  /**
   * Against targets that give each class `smoothing / classes` and the rest to the label (Szegedy et al. 2015, §7).
   * `smoothing` is a scalar tensor.
   */
  function smoothedCrossEntropy(logits: Tensor, labels: Tensor, smoothing: Tensor): Tensor {
    const classes = logits.shape[1] as number;
    const certain = tf.oneHot(labels as never, classes).toFloat();
    const share = tf.mul(smoothing, tf.scalar(1 / classes));
    const targets = tf.add(tf.mul(certain, tf.sub(tf.scalar(1), smoothing)), share);
    return fromKernel(logits, logits => many('SoftmaxCrossEntropyWithLogits', [T], [logits, targets], 2));
  }

  /**
   * Each output is a unit with threshold 0 that should fire for its own class alone. The loss of an example is Σ |s| over
   * the units that are wrong, and its gradient, fired − wanted, is Rosenblatt's error-correction rule (1962): weights of a
   * unit that is right stay, those of one that is wrong move by the input.
   */
  function perceptronCriterion(sums: Tensor, labels: Tensor): Tensor {
    return fromKernel(sums, sums => {
      const fired = tf.cast(tf.greater(sums, tf.scalar(0)), 'float32');
      const error = tf.sub(fired, tf.oneHot(labels as never, sums.shape[1] as number).toFloat());
      return [tf.sum(tf.mul(sums, error), 1), error];
    });
  }

  /** These kernels give the loss and its gradient at once. */
  function fromKernel(logits: Tensor, run: (logits: Tensor) => Tensor[]): Tensor {
    return custom(
      [logits],
      (save, [logits]) => {
        const [loss, gradient] = run(logits);
        save([gradient as Tensor]);
        return loss as Tensor;
      },
      (dy, [gradient]) => [tf.mul(tf.reshape(dy, [-1, 1]), gradient)],
    );
  }

  return { softmaxCrossEntropy, smoothedCrossEntropy, perceptronCriterion };
}

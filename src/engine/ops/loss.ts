import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createLoss({ tf, type, T, many, custom }: Kernels) {
  /** Logits [batch, classes], int32 labels [batch] → loss of each example in nats. */
  function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
    return custom(
      [logits],
      (save, [logits]) => {
        const attributes = [T, type('Tlabels', DTYPE.int32)];
        const [loss, gradient] = many('SparseSoftmaxCrossEntropyWithLogits', attributes, [logits, labels], 2);
        save([gradient as Tensor]);
        return loss as Tensor;
      },
      (dy, [gradient]) => [tf.mul(tf.reshape(dy, [-1, 1]), gradient)],
    );
  }

  return { softmaxCrossEntropy };
}

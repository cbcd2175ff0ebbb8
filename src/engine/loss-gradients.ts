/** The loss of a batch and how it changes with each weight: what a step of training updates by, and what is looked at. */
import type { LossConfig } from '../core/cell-config.ts';
import type { NetDescription } from '../core/net.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import { type ForwardResult, forward } from './forward.ts';
import type { Ops } from './ops/index.ts';
import type { TensorsByName } from './program.ts';

interface Differentiated {
  /** Of `names`, in their order: those of the main loss and, at their weights, of the auxiliary ones. */
  gradients: Tensor[];
  /** Of the main head, the mean over the batch. Kept, as `result.logits` and `result.updates`: the caller disposes of them. */
  loss: Tensor;
  result: ForwardResult;
}

/** `parameters` are all variables of the net by name; gradients are taken of those in `names`. */
export function lossGradients(
  tf: TensorFlow,
  ops: Ops,
  { net, loss: kind }: { net: NetDescription; loss: LossConfig },
  { parameters, names, inputs }: { parameters: TensorsByName; names: readonly string[]; inputs: TensorsByName },
): Differentiated {
  const { images, labels, seeds, smoothing, progress } = inputs as Record<string, Tensor>;
  let seen: Omit<Differentiated, 'gradients'> | undefined;
  const { grads } = tf.valueAndGrads((...weights: Tensor[]) => {
    const current = Object.fromEntries(names.map((name, index) => [name, weights[index] as Tensor]));
    const given = { variables: { ...parameters, ...current }, images: images as Tensor, seeds, progress };
    const result = forward(tf, ops, net, given, 'training');
    const lossOf = (logits: Tensor): Tensor => tf.mean(losses(ops, kind, logits, labels as Tensor, smoothing));
    const loss = lossOf(result.logits);
    seen = { result: { ...result, logits: tf.keep(result.logits) }, loss: tf.keep(loss) };
    return result.auxiliary.reduce(
      (sum, { logits, weight }) => tf.add(sum, tf.mul(tf.scalar(weight), lossOf(logits))),
      loss,
    ) as never;
  })(names.map(name => parameters[name] as Tensor));
  return { ...(seen as NonNullable<typeof seen>), gradients: grads };
}

/** [batch] */
export function losses(ops: Ops, { kind }: LossConfig, logits: Tensor, labels: Tensor, smoothing?: Tensor): Tensor {
  if (kind === 'perceptron') return ops.perceptronCriterion(logits, labels);
  return smoothing ? ops.smoothedCrossEntropy(logits, labels, smoothing) : ops.softmaxCrossEntropy(logits, labels);
}

export const isSmoothed = (loss: LossConfig): loss is Extract<LossConfig, { kind: 'cross-entropy' }> =>
  loss.kind === 'cross-entropy' && loss.smoothing > 0;

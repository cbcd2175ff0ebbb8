import type { Tensor, TensorFlow } from '../backend.ts';
import type { Optimiser, UpdateInputs } from './optimiser.ts';

interface AdamConfig {
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** Kingma & Ba 2015, algorithm 1. */
export const adam: Optimiser<'adam'> = {
  slots: { mean: 0, 'mean-square': 0 },
  penalty: 'added',
  scalarsAt,
  update(tf, inputs) {
    const { step, slots } = adamStep(tf, inputs);
    return { weight: tf.sub(inputs.weight, step), slots };
  },
};

/** Loshchilov & Hutter 2019, algorithm 2: the decay ηλw stands beside the step and is not scaled by it. */
export const adamw: Optimiser<'adamw'> = {
  slots: { mean: 0, 'mean-square': 0 },
  penalty: 'decoupled',
  scalarsAt,
  update(tf, inputs) {
    const { step, slots } = adamStep(tf, inputs);
    const { rate, weightDecay } = inputs.scalars as Record<'rate' | 'weightDecay', Tensor>;
    const decayed = inputs.decayed
      ? tf.sub(inputs.weight, tf.mul(tf.mul(rate, weightDecay), inputs.weight))
      : inputs.weight;
    return { weight: tf.sub(decayed, step), slots };
  },
};

/** The corrections of both means' bias towards 0 depend on the step: they are scalars like the others. */
function scalarsAt(step: number, { beta1, beta2, epsilon }: AdamConfig): Record<string, number> {
  return {
    beta1,
    beta2,
    epsilon,
    correction1: 1 / (1 - beta1 ** (step + 1)),
    correction2: 1 / (1 - beta2 ** (step + 1)),
  };
}

function adamStep(
  tf: TensorFlow,
  { gradient, slots, scalars }: UpdateInputs,
): { step: Tensor; slots: Record<string, Tensor> } {
  const scalar = (name: string): Tensor => scalars[name] as Tensor;
  const towards = (old: Tensor, value: Tensor, beta: Tensor): Tensor =>
    tf.add(old, tf.mul(tf.sub(tf.scalar(1), beta), tf.sub(value, old)));
  const mean = towards(slots.mean as Tensor, gradient, scalar('beta1'));
  const square = towards(slots['mean-square'] as Tensor, tf.square(gradient), scalar('beta2'));
  const direction = tf.mul(mean, scalar('correction1'));
  const size = tf.add(tf.sqrt(tf.mul(square, scalar('correction2'))), scalar('epsilon'));
  return { step: tf.mul(scalar('rate'), tf.div(direction, size)), slots: { mean, 'mean-square': square } };
}

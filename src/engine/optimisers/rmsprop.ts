import type { Tensor } from '../backend.ts';
import type { Optimiser } from './optimiser.ts';

/**
 * s ← ρs + (1 − ρ)g²; v ← μv + ηg / √(s + ε); w ← w − v. Tieleman & Hinton 2012; ε under the root and s₀ = 1 as in the
 * training of the Inception nets (Szegedy et al. 2015, §8, with ε = 1).
 */
export const rmsprop: Optimiser<'rmsprop'> = {
  slots: { 'mean-square': 1, momentum: 0 },
  penalty: 'added',
  scalarsAt: (_step, { decay, momentum, epsilon }) => ({ decay, momentum, epsilon }),
  update(tf, { weight, gradient, slots, scalars }) {
    const { rate, decay, momentum, epsilon } = scalars as Record<'rate' | 'decay' | 'momentum' | 'epsilon', Tensor>;
    const square = slots['mean-square'] as Tensor;
    const change = tf.sub(tf.square(gradient), square);
    const meanSquare = tf.add(square, tf.mul(tf.sub(tf.scalar(1), decay), change));
    const scale = tf.rsqrt(tf.add(meanSquare, epsilon));
    const step = tf.mul(tf.mul(rate, gradient), scale);
    const velocity = tf.add(tf.mul(momentum, slots.momentum as Tensor), step);
    return { weight: tf.sub(weight, velocity), slots: { 'mean-square': meanSquare, momentum: velocity } };
  },
};

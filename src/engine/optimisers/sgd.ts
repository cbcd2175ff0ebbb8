import type { Tensor } from '../backend.ts';
import type { Optimiser } from './optimiser.ts';

/** v ← μv + g; w ← w − ηv, or w − η(μv + g) with Nesterov's (Sutskever et al. 2013, as implemented commonly). */
export const sgd: Optimiser<'sgd'> = {
  slots: { momentum: 0 },
  penalty: 'added',
  scalarsAt: (_step, { momentum }) => ({ momentum }),
  update(tf, { weight, gradient, slots, scalars }, { nesterov }) {
    const { rate, momentum } = scalars as Record<'rate' | 'momentum', Tensor>;
    const velocity = tf.add(tf.mul(momentum, slots.momentum as Tensor), gradient);
    const direction = nesterov ? tf.add(tf.mul(momentum, velocity), gradient) : velocity;
    return { weight: tf.sub(weight, tf.mul(rate, direction)), slots: { momentum: velocity } };
  },
};

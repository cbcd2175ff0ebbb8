import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createDropout({ tf, type, T, ints, one, custom }: Kernels) {
  /**
   * Srivastava et al. 2014, inverted: kept values are divided by 1 − rate. The mask is a function of `seed` (int32 [2])
   * alone, drawn by a counter-based generator (Salmon et al. 2011), so a step repeats its mask.
   */
  function dropout(x: Tensor, rate: number, seed: Tensor): Tensor {
    const uniform = one(
      'StatelessRandomUniform',
      [type('dtype', DTYPE.float32), T_INT32, type('Tseed', DTYPE.int32)],
      [ints(x.shape), seed],
    );
    const kept = tf.cast(tf.greaterEqual(uniform, tf.scalar(rate)), 'float32');
    const mask = tf.mul(kept, tf.scalar(1 / (1 - rate)));
    return custom(
      [x],
      (save, [x]) => {
        save([mask]);
        return one('Mul', [T], [x, mask]);
      },
      (dy, [mask]) => [one('Mul', [T], [dy, mask])],
    );
  }

  const T_INT32 = type('T', DTYPE.int32);
  return { dropout };
}

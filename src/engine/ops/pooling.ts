import type { Padding } from '../../core/net.ts';
import { DTYPE, type OpAttribute, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createPooling({ paddingOf, tf, type, bool, text, int, T, NHWC, ints, one, custom }: Kernels) {
  function pool(
    x: Tensor,
    options: { type: 'max' | 'average'; size: number; stride: number; padding: Padding },
  ): Tensor {
    const { size, stride, padding } = options;
    const attributes = [T, int('ksize', [1, size, size, 1]), int('strides', [1, stride, stride, 1]), NHWC];
    return options.type === 'max' ? maxPool(x, attributes, padding) : averagePool(x, attributes, padding);
  }

  function maxPool(x: Tensor, attributes: OpAttribute[], padding: Padding): Tensor {
    const all = [...attributes, ...paddingOf(padding)];
    return custom(
      [x],
      (save, [x]) => {
        const y = one('MaxPool', all, [x]);
        save([x, y]);
        return y;
      },
      (dy, [x, y]) => [one('MaxPoolGrad', all, [x, y, dy])],
    );
  }

  /** The kernel has no explicit padding, so pixels are added first: they count as zeros, unlike those of SAME. */
  function averagePool(x: Tensor, attributes: OpAttribute[], padding: Padding): Tensor {
    const padded =
      typeof padding === 'number' && padding > 0
        ? tf.pad4d(x as never, [
            [0, 0],
            [padding, padding],
            [padding, padding],
            [0, 0],
          ])
        : x;
    const all = [...attributes, text('padding', padding === 'same' ? 'SAME' : 'VALID')];
    return custom(
      [padded],
      (save, [x]) => {
        save([x]);
        return one('AvgPool', all, [x]);
      },
      (dy, [x]) => [one('AvgPoolGrad', all, [ints(x.shape), dy])],
    );
  }

  /** [batch, height, width, channels] → [batch, channels] */
  function globalAveragePool(x: Tensor): Tensor {
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const reduce = [T, bool('keep_dims', false), type('Tidx', DTYPE.int32)];
    return custom(
      [x],
      (_save, [x]) => one('Mean', reduce, [x, ints([1, 2])]),
      dy => {
        const share = tf.mul(tf.reshape(dy, [batch, 1, 1, channels]), tf.scalar(1 / (height * width)));
        return [one('BroadcastTo', [T, type('Tidx', DTYPE.int32)], [share, ints([batch, height, width, channels])])];
      },
    );
  }

  return { pool, globalAveragePool };
}

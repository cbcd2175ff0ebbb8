import type { Padding } from '../../core/net.ts';
import { DTYPE, type OpAttribute, type Tensor } from '../backend.ts';
import { bordersOf } from './borders.ts';
import type { Kernels } from './kernels.ts';

/** Of float32: no pixel is lower. */
const LOWEST = -3.4028234663852886e38;

export interface PoolOptions {
  type: 'max' | 'average';
  size: number;
  stride: number;
  padding: Padding;
}

export function createPooling({ tf, type, bool, text, int, T, NHWC, ints, one, custom, padImages }: Kernels) {
  /**
   * The kernels know SAME and VALID. Other paddings are added first: of a maximum they count as nothing, of an average as
   * zeros, unlike those of SAME, which an average does not count.
   */
  function pool(x: Tensor, { type, size, stride, padding }: PoolOptions): Tensor {
    const borders = bordersOf(x.shape, [size, size], stride, padding);
    const explicit = typeof padding === 'number' && padding > 0;
    const padded = explicit ? padImages(x, borders, type === 'max' ? LOWEST : 0) : x;
    const word = text('padding', padding === 'same' ? 'SAME' : 'VALID');
    const window = [int('ksize', [1, size, size, 1]), int('strides', [1, stride, stride, 1])];
    return (type === 'max' ? maxPool : averagePool)(padded, [T, ...window, NHWC, word]);
  }

  function maxPool(x: Tensor, attributes: OpAttribute[]): Tensor {
    return custom(
      [x],
      (save, [x]) => {
        const y = one('MaxPool', attributes, [x]);
        save([x, y]);
        return y;
      },
      (dy, [x, y]) => [one('MaxPoolGrad', attributes, [x, y, dy])],
    );
  }

  function averagePool(x: Tensor, attributes: OpAttribute[]): Tensor {
    return custom(
      [x],
      (_save, [x]) => one('AvgPool', attributes, [x]),
      dy => [one('AvgPoolGrad', attributes, [ints(x.shape), dy])],
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

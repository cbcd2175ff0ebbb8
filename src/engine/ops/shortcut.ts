import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createShortcut({ tf, type, int, T, ints, one, custom, pad }: Kernels) {
  const index = type('Index', DTYPE.int32);
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  const slicing = [T, index, ...masks.map(mask => int(mask, 0))];

  /** Every `stride`-th pixel of an image. */
  function subsample(x: Tensor, stride: number): Tensor {
    const [, height = 0, width = 0] = x.shape;
    if (stride === 1) return x;
    return height % stride === 0 && width % stride === 0 ? firstOfBlocks(x, stride) : stridedSlice(x, stride);
  }

  /** Blocks of stride × stride pixels, of which each gives its first: copies whole pixels, where a strided slice walks. */
  function firstOfBlocks(x: Tensor, stride: number): Tensor {
    const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
    const [rows, columns] = [height / stride, width / stride];
    const blocks = tf.reshape(x, [batch * rows, stride, columns, stride * channels]);
    const first = slice(blocks, [batch * rows, 1, columns, channels]);
    return tf.reshape(first, [batch, rows, columns, channels]);
  }

  /** The first `shape` values along each axis. */
  function slice(x: Tensor, shape: readonly number[]): Tensor {
    const rest = shape.map((size, axis) => [0, (x.shape[axis] as number) - size]);
    const begin = shape.map(() => 0);
    return custom(
      [x],
      (_save, [x]) => one('Slice', [T, index], [x, ints(begin), ints(shape)]),
      dy => [one('Pad', [T, type('Tpaddings', DTYPE.int32)], [dy, tf.tensor2d(rest, [rest.length, 2], 'int32')])],
    );
  }

  function stridedSlice(x: Tensor, stride: number): Tensor {
    const window = (): Tensor[] => [ints([0, 0, 0, 0]), ints(x.shape), ints([1, stride, stride, 1])];
    return custom(
      [x],
      (_save, [x]) => one('StridedSlice', slicing, [x, ...window()]),
      dy => [one('StridedSliceGrad', slicing, [ints(x.shape), ...window(), dy])],
    );
  }

  /** Every `stride`-th pixel, and zeros before and after the channels until there are `channels`. */
  function subsamplePad(x: Tensor, stride: number, channels: number): Tensor {
    const added = (channels - (x.shape[3] as number)) / 2;
    const small = subsample(x, stride);
    return added === 0
      ? small
      : pad(small, [
          [0, 0],
          [0, 0],
          [0, 0],
          [added, added],
        ]);
  }

  return { subsample, subsamplePad };
}

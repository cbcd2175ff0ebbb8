import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createShortcut({ tf, type, int, T, ints, one, custom }: Kernels) {
  /** Every `stride`-th pixel, and zeros before and after the channels until there are `channels`. */
  function subsamplePad(x: Tensor, stride: number, channels: number): Tensor {
    const [batch = 0, height = 0, width = 0, from = 0] = x.shape;
    const before = (channels - from) / 2;
    const small = [batch, Math.ceil(height / stride), Math.ceil(width / stride), from];
    const window = (): Tensor[] => [
      ints([0, 0, 0, 0]),
      ints([batch, height, width, from]),
      ints([1, stride, stride, 1]),
    ];
    const slicing = [
      T,
      type('Index', DTYPE.int32),
      ...['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'].map(mask => int(mask, 0)),
    ];
    return custom(
      [x],
      (_save, [x]) => {
        const picked = one('StridedSlice', slicing, [x, ...window()]);
        const paddings = tf.tensor2d(
          [
            [0, 0],
            [0, 0],
            [0, 0],
            [before, before],
          ],
          [4, 2],
          'int32',
        );
        return one('Pad', [T, type('Tpaddings', DTYPE.int32)], [picked, paddings]);
      },
      dy => {
        const inner = one('Slice', [T, type('Index', DTYPE.int32)], [dy, ints([0, 0, 0, before]), ints(small)]);
        return [one('StridedSliceGrad', slicing, [ints(x.shape), ...window(), inner])];
      },
    );
  }

  return { subsamplePad };
}

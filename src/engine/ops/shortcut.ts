import { DTYPE, type Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createShortcut({ type, int, T, ints, one, custom, pad }: Kernels) {
  const index = type('Index', DTYPE.int32);
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  const slicing = [T, index, ...masks.map(mask => int(mask, 0))];

  /** Every `stride`-th pixel of an image. */
  function subsample(x: Tensor, stride: number): Tensor {
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
    return pad(stride === 1 ? x : subsample(x, stride), [
      [0, 0],
      [0, 0],
      [0, 0],
      [added, added],
    ]);
  }

  return { subsample, subsamplePad };
}

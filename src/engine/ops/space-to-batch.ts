import { DTYPE, type Tensor } from '../backend.ts';
import { type Border, borderOf } from './borders.ts';
import type { ConvolutionOptions } from './convolution.ts';
import type { Kernels } from './kernels.ts';

export function createSpaceToBatch({ tf, type, T, ints, one, custom }: Kernels) {
  const attributes = [T, type('Tblock_shape', DTYPE.int32)];
  const pairs = (borders: readonly Border[]): Tensor => tf.tensor2d(borders.flat(), [2, 2], 'int32');

  /** Applies a VALID convolution to every `dilation`-th pixel of each phase, which together is the dilated one. */
  function withSpaceToBatch(
    x: Tensor,
    kernelShape: readonly number[],
    { padding, dilation = 1 }: ConvolutionOptions,
    convolve: (blocks: Tensor) => Tensor,
  ): Tensor {
    const along = (axis: 0 | 1): { border: Border; lacking: number } => {
      const extent = x.shape[axis + 1] as number;
      const border = borderOf(extent, dilation * ((kernelShape[axis] as number) - 1) + 1, 1, padding);
      return { border, lacking: missing(extent + border[0] + border[1], dilation) };
    };
    const axes = [along(0), along(1)];
    const padded = axes.map(({ border, lacking }): Border => [border[0], border[1] + lacking]);
    const cropped = axes.map(({ lacking }): Border => [0, lacking]);
    return batchToSpace(convolve(spaceToBatch(x, dilation, padded)), dilation, cropped);
  }

  function spaceToBatch(x: Tensor, block: number, borders: readonly Border[]): Tensor {
    return custom(
      [x],
      (_save, [x]) => one('SpaceToBatchND', [...attributes, paddings], [x, ints([block, block]), pairs(borders)]),
      dy => [one('BatchToSpaceND', [...attributes, crops], [dy, ints([block, block]), pairs(borders)])],
    );
  }

  function batchToSpace(x: Tensor, block: number, borders: readonly Border[]): Tensor {
    return custom(
      [x],
      (_save, [x]) => one('BatchToSpaceND', [...attributes, crops], [x, ints([block, block]), pairs(borders)]),
      dy => [one('SpaceToBatchND', [...attributes, paddings], [dy, ints([block, block]), pairs(borders)])],
    );
  }

  const paddings = type('Tpaddings', DTYPE.int32);
  const crops = type('Tcrops', DTYPE.int32);
  return { withSpaceToBatch };
}

/** What lacks to a multiple of `block`. */
const missing = (size: number, block: number): number => (block - (size % block)) % block;

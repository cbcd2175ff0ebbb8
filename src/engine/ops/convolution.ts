import type { Padding } from '../../core/net.ts';
import type { Tensor } from '../backend.ts';
import type { Kernels } from './kernels.ts';

export function createConvolution({ paddingOf, bool, int, T, NHWC, ints, one, custom }: Kernels) {
  /** Kernel [height, width, in, out]. Padding in pixels is the kernel's own, so nothing is copied for it. */
  function conv2d(x: Tensor, kernel: Tensor, stride: number, padding: Padding): Tensor {
    const attributes = [
      T,
      int('strides', [1, stride, stride, 1]),
      int('dilations', [1, 1, 1, 1]),
      NHWC,
      bool('use_cudnn_on_gpu', true),
      ...paddingOf(padding),
    ];
    return custom(
      [x, kernel],
      (save, [x, kernel]) => {
        save([x, kernel]);
        return one('Conv2D', attributes, [x, kernel]);
      },
      (dy, [x, kernel]) => [
        one('Conv2DBackpropInput', attributes, [ints(x.shape), kernel, dy]),
        one('Conv2DBackpropFilter', attributes, [x, ints(kernel.shape), dy]),
      ],
    );
  }

  return { conv2d };
}

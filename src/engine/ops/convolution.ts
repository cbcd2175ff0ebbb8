import type { Padding } from '../../core/net.ts';
import type { Tensor } from '../backend.ts';
import { bordersOf, wordFor } from './borders.ts';
import type { Kernels } from './kernels.ts';
import { createSpaceToBatch } from './space-to-batch.ts';

export interface ConvolutionOptions {
  stride: number;
  padding: Padding;
  dilation?: number;
  groups?: number;
}

export function createConvolution(kernels: Kernels) {
  const { tf, convolving, ints, one, custom, padImages } = kernels;
  const { withSpaceToBatch } = createSpaceToBatch(kernels);

  /**
   * Kernel [height, width, in / groups, out]. TensorFlow's processor kernels have no gradients for groups and dilation
   * of their own: groups are convolved one by one, and a dilated convolution is an ordinary one on interleaved images
   * (Yu & Koltun 2016; stride 1).
   */
  function conv2d(x: Tensor, kernel: Tensor, options: ConvolutionOptions): Tensor {
    const { stride, padding, dilation = 1, groups = 1 } = options;
    if (groups > 1) return convolveGroups(x, kernel, groups, options);
    if (dilation > 1) return withSpaceToBatch(x, kernel.shape, options, blocks => convolve(blocks, kernel, 1, 'VALID'));
    return convolvePadded(x, kernel, stride, padding);
  }

  function convolveGroups(x: Tensor, kernel: Tensor, groups: number, options: ConvolutionOptions): Tensor {
    const inputs = tf.split(x, groups, 3);
    const parts = tf.split(kernel, groups, 3);
    const outputs = inputs.map((input, group) => conv2d(input, parts[group] as Tensor, { ...options, groups: 1 }));
    return tf.concat(outputs, 3);
  }

  /**
   * TensorFlow hands the gradients of a convolution to oneDNN only if its padding is SAME or VALID. So those words are
   * used where they mean the same pixels, and elsewhere the image is padded first.
   */
  function convolvePadded(x: Tensor, kernel: Tensor, stride: number, padding: Padding): Tensor {
    const borders = bordersOf(x.shape, kernel.shape, stride, padding);
    const word = wordFor(borders, bordersOf(x.shape, kernel.shape, stride, 'same'));
    return word ? convolve(x, kernel, stride, word) : convolve(padImages(x, borders), kernel, stride, 'VALID');
  }

  function convolve(x: Tensor, kernel: Tensor, stride: number, padding: 'SAME' | 'VALID'): Tensor {
    const attributes = convolving(stride, padding);
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

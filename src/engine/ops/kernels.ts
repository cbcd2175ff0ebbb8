import { backendOf, DTYPE, type OpAttribute, type Tensor, type TensorFlow } from '../backend.ts';
import { currentPlace, within } from '../place.ts';
import type { Border } from './borders.ts';

export type Kernels = ReturnType<typeof createKernels>;
type Saved = [Tensor, Tensor, Tensor, ...Tensor[]];

/** What every op is written with: attributes, calls of kernels, and gradients of one's own. */
export function createKernels(tf: TensorFlow) {
  const backend = backendOf(tf);
  const { binding } = backend;
  const type = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value });
  const bool = (name: string, value: boolean): OpAttribute => ({ name, type: binding.TF_ATTR_BOOL, value });
  const float = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value });
  const text = (name: string, value: string): OpAttribute => ({ name, type: binding.TF_ATTR_STRING, value });
  const int = (name: string, value: number | number[]): OpAttribute => ({ name, type: binding.TF_ATTR_INT, value });
  const T = type('T', DTYPE.float32);
  const NHWC = text('data_format', 'NHWC');
  const convolving = (stride: number, padding: 'SAME' | 'VALID'): OpAttribute[] => [
    T,
    int('strides', [1, stride, stride, 1]),
    int('dilations', [1, 1, 1, 1]),
    NHWC,
    bool('use_cudnn_on_gpu', true),
    text('padding', padding),
  ];
  const ints = (values: readonly number[]): Tensor => tf.tensor1d([...values], 'int32');
  const one = (op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor =>
    backend.executeSingleOutput(op, attributes, inputs);
  const many = (op: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[] =>
    backend.executeMultipleOutputs(op, attributes, inputs, outputs);

  /** tf.customGrad with inputs and saved tensors as lists that need no checks. The gradient belongs to the layer too. */
  function custom(
    inputs: Tensor[],
    forward: (save: (tensors: Tensor[]) => void, inputs: Saved) => Tensor,
    backward: (dy: Tensor, saved: Saved) => Tensor[],
  ): Tensor {
    const place = currentPlace();
    const op = tf.customGrad((...args: unknown[]) => {
      const save = args.pop() as (tensors: Tensor[]) => void;
      return {
        value: forward(save, args as Saved),
        gradFunc: (dy: Tensor, saved: Tensor[]) => within(place, () => backward(dy, saved as Saved)),
      };
    });
    return op(...inputs);
  }

  /** `value` before and after each axis. */
  function pad(x: Tensor, borders: readonly Border[], value = 0): Tensor {
    const begin = borders.map(([before]) => before);
    return custom(
      [x],
      (_save, [x]) =>
        one(
          'PadV2',
          [T, type('Tpaddings', DTYPE.int32)],
          [x, tf.tensor2d(borders.flat(), [borders.length, 2], 'int32'), tf.scalar(value)],
        ),
      dy => [one('Slice', [T, type('Index', DTYPE.int32)], [dy, ints(begin), ints(x.shape)])],
    );
  }

  /** `value` around images, along height and width. */
  const padImages = (x: Tensor, borders: readonly [Border, Border], value = 0): Tensor =>
    pad(x, [[0, 0], ...borders, [0, 0]], value);

  return { tf, type, bool, float, text, int, T, NHWC, convolving, ints, one, many, custom, pad, padImages };
}

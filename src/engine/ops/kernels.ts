import type { Padding } from '../../core/net.ts';
import { backendOf, DTYPE, type OpAttribute, type Tensor, type TensorFlow } from '../backend.ts';

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
  const ints = (values: readonly number[]): Tensor => tf.tensor1d([...values], 'int32');
  const one = (op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor =>
    backend.executeSingleOutput(op, attributes, inputs);
  const many = (op: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[] =>
    backend.executeMultipleOutputs(op, attributes, inputs, outputs);

  function paddingOf(padding: Padding): OpAttribute[] {
    if (padding === 'same' || padding === 'valid') return [text('padding', padding.toUpperCase())];
    if (padding === 0) return [text('padding', 'VALID')];
    return [text('padding', 'EXPLICIT'), int('explicit_paddings', [0, 0, padding, padding, padding, padding, 0, 0])];
  }

  /** tf.customGrad with inputs and saved tensors as lists that need no checks. */
  function custom(
    inputs: Tensor[],
    forward: (save: (tensors: Tensor[]) => void, inputs: Saved) => Tensor,
    backward: (dy: Tensor, saved: Saved) => Tensor[],
  ): Tensor {
    const op = tf.customGrad((...args: unknown[]) => {
      const save = args.pop() as (tensors: Tensor[]) => void;
      return {
        value: forward(save, args as Saved),
        gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy, saved as Saved),
      };
    });
    return op(...inputs);
  }

  return { tf, type, bool, float, text, int, T, NHWC, ints, one, many, paddingOf, custom };
}

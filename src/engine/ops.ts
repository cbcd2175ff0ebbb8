/**
 * TensorFlow kernels that tfjs never calls, each with its gradient. tfjs differentiates ReLU as dy·step(x) with a
 * full-size constant, batch normalisation as a dozen elementwise ops, and has no gradient for explicit padding or
 * strided slices: one kernel each does it here. All images are [batch, height, width, channels].
 */
import type { Padding } from '../core/net.ts';
import { backendOf, DTYPE, type OpAttribute, type Tensor, type TensorFlow } from './backend.ts';

/** `x` is an image; the others have one value a channel. */
export interface BatchNormInputs {
  x: Tensor;
  gamma: Tensor;
  beta: Tensor;
  mean: Tensor;
  variance: Tensor;
}

export type Ops = ReturnType<typeof createOps>;

export function createOps(tf: TensorFlow) {
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

  function paddingOf(padding: Padding): OpAttribute[] {
    if (padding === 'same' || padding === 'valid') return [text('padding', padding.toUpperCase())];
    if (padding === 0) return [text('padding', 'VALID')];
    return [text('padding', 'EXPLICIT'), int('explicit_paddings', [0, 0, padding, padding, padding, padding, 0, 0])];
  }

  function relu(x: Tensor): Tensor {
    return custom(
      [x],
      (save, [x]) => {
        const y = one('Relu', [T], [x]);
        save([y]);
        return y;
      },
      (dy, [y]) => [one('ReluGrad', [T], [dy, y])],
    );
  }

  /** Inputs of one shape: tfjs would reshape and reduce in the gradient in case they broadcast. */
  function addSame(a: Tensor, b: Tensor): Tensor {
    return custom(
      [a, b],
      (_save, [a, b]) => one('AddV2', [T], [a, b]),
      dy => [dy, dy],
    );
  }

  /** Adds [channels] to each position. */
  function biasAdd(x: Tensor, bias: Tensor): Tensor {
    return custom(
      [x, bias],
      (_save, [x, bias]) => one('BiasAdd', [T, NHWC], [x, bias]),
      dy => [dy, one('BiasAddGrad', [T, NHWC], [dy])],
    );
  }

  /** Normalises by the batch. `mean` and `variance` come back as kept tensors: old · momentum + batch · (1 − momentum). */
  function batchNormTraining(
    inputs: BatchNormInputs,
    epsilon: number,
    momentum: number,
  ): { y: Tensor; mean: Tensor; variance: Tensor } {
    const attributes = batchNormAttributes(epsilon, true);
    let moving: [Tensor, Tensor] | undefined;
    const y = custom(
      [inputs.x, inputs.gamma, inputs.beta],
      (save, [x, gamma, beta]) => {
        const all = [x, gamma, beta, inputs.mean, inputs.variance];
        const outputs = backend.executeMultipleOutputs(
          'FusedBatchNormV3',
          [...attributes, float('exponential_avg_factor', 1 - momentum)],
          all,
          6,
        );
        const [y, mean, variance, ...reserved] = outputs as [Tensor, Tensor, Tensor, ...Tensor[]];
        moving = [tf.keep(mean), tf.keep(variance)];
        save([x, gamma, ...reserved]);
        return y;
      },
      (dy, saved) => backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, ...saved], 5).slice(0, 3),
    );
    const [mean, variance] = moving as [Tensor, Tensor];
    return { y, mean, variance };
  }

  function batchNormInference({ x, gamma, beta, mean, variance }: BatchNormInputs, epsilon: number): Tensor {
    const attributes = [...batchNormAttributes(epsilon, false), float('exponential_avg_factor', 1)];
    return backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes,
      [x, gamma, beta, mean, variance],
      6,
    )[0] as Tensor;
  }

  function batchNormAttributes(epsilon: number, training: boolean): OpAttribute[] {
    return [T, type('U', DTYPE.float32), float('epsilon', epsilon), NHWC, bool('is_training', training)];
  }

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

  /** Logits [batch, classes], int32 labels [batch] → loss of each example in nats. */
  function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
    return custom(
      [logits],
      (save, [logits]) => {
        const attributes = [T, type('Tlabels', DTYPE.int32)];
        const [loss, gradient] = backend.executeMultipleOutputs(
          'SparseSoftmaxCrossEntropyWithLogits',
          attributes,
          [logits, labels],
          2,
        );
        save([gradient as Tensor]);
        return loss as Tensor;
      },
      (dy, [gradient]) => [tf.mul(tf.reshape(dy, [-1, 1]), gradient)],
    );
  }

  type Saved = [Tensor, Tensor, Tensor, ...Tensor[]];

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

  return {
    conv2d,
    biasAdd,
    relu,
    addSame,
    batchNormTraining,
    batchNormInference,
    pool,
    globalAveragePool,
    subsamplePad,
    softmaxCrossEntropy,
  };
}

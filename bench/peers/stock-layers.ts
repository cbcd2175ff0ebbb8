/** A net's description as a LayersModel of stock tfjs, with small layers of our own where tfjs has none. */
import type * as tfjs from '@tensorflow/tfjs-node';
import type { Op, OpKind, Padding } from '../../src/core/net.ts';
import type { TensorFlow } from '../../src/engine/backend.ts';
import type { DescribedNet } from './describe.ts';

type Symbolic = tfjs.SymbolicTensor;
type Layers = DescribedNet['layers'];

interface Context {
  tf: TensorFlow;
  name: string;
  weightDecay: number;
  inputs: Symbolic[];
  /** [height, width, channels] of the first input. */
  shape: readonly number[];
  /** Says what is not as it should be. */
  note(text: string): void;
}

type Builder<K extends OpKind> = (op: Extract<Op, { kind: K }>, context: Context, x: Symbolic) => Symbolic;

export interface StockModel {
  model: tfjs.LayersModel;
  /** Where the model is only the nearest that tfjs can express. */
  notes: string[];
}

/** Throws if a layer cannot be expressed at all. */
export function stockModel(tf: TensorFlow, net: DescribedNet, weightDecay: number): StockModel {
  const notes = new Set<string>();
  const values = new Map<string, Symbolic>();
  const shapes = new Map(net.layers.map(({ name, output }) => [name, output]));
  const images = tf.input({ batchShape: [net.batch, ...net.input] });
  for (const { name, op, inputs } of net.layers) {
    const context: Context = {
      tf,
      name,
      weightDecay,
      inputs: inputs.map(input => values.get(input) as Symbolic),
      shape: shapes.get(inputs[0] ?? '') ?? net.input,
      note: text => notes.add(text),
    };
    values.set(name, op.kind === 'input' ? images : build(op, context));
  }
  const logits = values.get((net.layers.at(-1) as Layers[number]).name) as Symbolic;
  return { model: tf.model({ inputs: images, outputs: logits }), notes: [...notes] };
}

const BUILDERS: { [K in OpKind]?: Builder<K> } = {
  conv: (op, context, x) => {
    if (op.connections) throw new Error(`layer ${context.name}: stock tfjs has no convolution with connections`);
    const padded = zeroPadded(op.padding, context, x);
    if (op.groups === 1) return convolution(op, context, context.name).apply(padded) as Symbolic;
    context.note('groups as convolutions side by side');
    return groups(op, context, padded);
  },
  'batch-norm': ({ epsilon, momentum, scale }, { tf, name, weightDecay, note }, x) => {
    if (!scale) note('batch normalisation with γ: without it tfjs throws in training');
    const regulariser = { betaRegularizer: decay(tf, weightDecay), gammaRegularizer: decay(tf, weightDecay) };
    return tf.layers.batchNormalization({ name, epsilon, momentum, ...regulariser }).apply(x) as Symbolic;
  },
  lrn: ({ size, bias, alpha, beta }, { tf }, x) => {
    return own(tf, x, x => tf.localResponseNormalization(x as tfjs.Tensor4D, (size - 1) / 2, bias, alpha, beta));
  },
  activation: ({ function: how }, { tf, name }, x) => {
    if (how === 'scaled-tanh') throw new Error(`layer ${name}: stock tfjs has no scaled tanh`);
    return tf.layers.activation({ name, activation: how }).apply(x) as Symbolic;
  },
  dropout: ({ rate }, { tf, name }, x) => tf.layers.dropout({ name, rate }).apply(x) as Symbolic,
  add: (_op, { tf, name, inputs }) => tf.layers.add({ name }).apply(inputs) as Symbolic,
  concat: (_op, { tf, name, inputs }) => tf.layers.concatenate({ name }).apply(inputs) as Symbolic,
  scale: ({ factor }, { tf }, x) => own(tf, x, x => tf.mul(x, factor)),
  pool: ({ type, size, stride, padding }, context, x) => {
    const pad = padding === 'same' ? 'same' : 'valid';
    const config = { name: context.name, poolSize: size, strides: stride, padding: pad } as const;
    const { maxPooling2d, averagePooling2d } = context.tf.layers;
    return (type === 'max' ? maxPooling2d(config) : averagePooling2d(config)).apply(
      zeroPadded(padding, context, x),
    ) as Symbolic;
  },
  'global-average-pool': (_op, { tf, name }, x) => tf.layers.globalAveragePooling2d({ name }).apply(x) as Symbolic,
  'subsample-pad': ({ stride, channels }, { tf, shape }, x) => {
    const added = (channels - (shape[2] as number)) / 2;
    const every = tf.layers.averagePooling2d({ poolSize: 1, strides: stride }).apply(x) as Symbolic;
    return own(tf, every, x => tf.pad(x, [...NOT_CHANNELS, [added, added]]), [...every.shape.slice(0, -1), channels]);
  },
  flatten: (_op, { tf, name }, x) => tf.layers.flatten({ name }).apply(x) as Symbolic,
  dense: ({ units, bias }, { tf, name, weightDecay }, x) => {
    const regularisers = { kernelRegularizer: decay(tf, weightDecay), biasRegularizer: decay(tf, weightDecay) };
    return tf.layers.dense({ name, units, useBias: bias !== null, ...regularisers }).apply(x) as Symbolic;
  },
};

const NOT_CHANNELS: [number, number][] = [
  [0, 0],
  [0, 0],
  [0, 0],
];

function build(op: Op, context: Context): Symbolic {
  const builder = BUILDERS[op.kind] as Builder<OpKind> | undefined;
  if (!builder) throw new Error(`layer ${context.name}: stock tfjs has no builder for ${op.kind}`);
  return builder(op as never, context, context.inputs[0] as Symbolic);
}

type ConvOp = Extract<Op, { kind: 'conv' }>;

function convolution(op: ConvOp, { tf, weightDecay }: Context, name: string, filters = op.filters): tfjs.layers.Layer {
  return tf.layers.conv2d({
    name,
    filters,
    kernelSize: [...op.kernel],
    strides: op.stride,
    padding: op.padding === 'same' ? 'same' : 'valid',
    dilationRate: op.dilation,
    useBias: op.bias !== null,
    kernelRegularizer: decay(tf, weightDecay),
    biasRegularizer: decay(tf, weightDecay),
  });
}

function groups(op: ConvOp, context: Context, x: Symbolic): Symbolic {
  const { tf, name, shape } = context;
  const channels = (shape[2] as number) / op.groups;
  const parts = Array.from({ length: op.groups }, (_, group) => {
    const from = (x: tfjs.Tensor): tfjs.Tensor => tf.slice(x, [0, 0, 0, group * channels], [-1, -1, -1, channels]);
    const part = own(tf, x, from, [...x.shape.slice(0, -1), channels]);
    return convolution(op, context, `${name}/group${group}`, op.filters / op.groups).apply(part) as Symbolic;
  });
  return tf.layers.concatenate({ name }).apply(parts) as Symbolic;
}

/** tfjs pads a maximum with zeros too; as poolings follow a ReLU, zeros do no harm. */
function zeroPadded(padding: Padding, { tf }: Context, x: Symbolic): Symbolic {
  if (typeof padding !== 'number' || padding === 0) return x;
  return tf.layers.zeroPadding2d({ padding: [padding, padding] }).apply(x) as Symbolic;
}

/** Half, as the gradient of l·w² is 2·l·w. */
function decay(tf: TensorFlow, weightDecay: number): ReturnType<TensorFlow['regularizers']['l2']> {
  return tf.regularizers.l2({ l2: weightDecay / 2 });
}

/** A layer that applies a function of one tensor. */
function own(
  tf: TensorFlow,
  x: Symbolic,
  compute: (x: tfjs.Tensor) => tfjs.Tensor,
  shape: readonly (number | null)[] = x.shape,
): Symbolic {
  class Own extends tf.layers.Layer {
    static className = 'Own';
    override computeOutputShape(): (number | null)[] {
      return [...shape];
    }
    override call(inputs: tfjs.Tensor | tfjs.Tensor[]): tfjs.Tensor {
      return compute(Array.isArray(inputs) ? (inputs[0] as tfjs.Tensor) : inputs);
    }
  }
  return new Own().apply(x) as Symbolic;
}

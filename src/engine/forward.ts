/** From a net's description to tensors: one builder for each kind of layer. */
import type { Layer, NetDescription, Op, OpKind } from '../core/net.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import type { Ops } from './ops/index.ts';

/** In training, batch normalisation uses the batch and moves its statistics; in evaluation it uses the moving ones. */
export type Mode = 'training' | 'evaluation';

export interface ForwardResult {
  /** [batch, classes] */
  logits: Tensor;
  /** New values of moving statistics by variable name; kept tensors, the caller disposes of them. */
  updates: Record<string, Tensor>;
}

interface Context {
  tf: TensorFlow;
  ops: Ops;
  mode: Mode;
  name: string;
  inputs: Tensor[];
  /** The layer's variable of this role. */
  variable(role: string): Tensor;
  update(role: string, value: Tensor): void;
}

type Builder<K extends OpKind> = (op: Extract<Op, { kind: K }>, context: Context, x: Tensor) => Tensor;

/** `images` is [batch, height, width, channels], normalised. */
export function forward(
  tf: TensorFlow,
  ops: Ops,
  net: NetDescription,
  variables: Record<string, Tensor>,
  images: Tensor,
  mode: Mode,
): ForwardResult {
  const values = new Map<Layer, Tensor>();
  const updates: Record<string, Tensor> = {};
  for (const layer of net.layers) {
    const context: Context = {
      tf,
      ops,
      mode,
      name: layer.name,
      inputs: layer.inputs.map(input => values.get(input) as Tensor),
      variable: role => requireVariable(variables, `${layer.name}/${role}`),
      update: (role, value) => {
        updates[`${layer.name}/${role}`] = value;
      },
    };
    values.set(layer, layer.op.kind === 'input' ? images : build(layer.op, context));
  }
  return { logits: values.get(net.layers.at(-1) as Layer) as Tensor, updates };
}

const BUILDERS: { [K in OpKind]: Builder<K> } = {
  input: (_op, _context, x) => x,
  conv: ({ stride, padding, bias }, { ops, variable }, x) => {
    const y = ops.conv2d(x, variable('kernel'), stride, padding);
    return bias ? ops.biasAdd(y, variable('bias')) : y;
  },
  'batch-norm': ({ epsilon, momentum }, context, x) => {
    const { ops, mode, variable, update } = context;
    const inputs = {
      x,
      gamma: variable('gamma'),
      beta: variable('beta'),
      mean: variable('moving-mean'),
      variance: variable('moving-variance'),
    };
    if (mode === 'evaluation') return ops.batchNormInference(inputs, epsilon);
    const { y, mean, variance } = ops.batchNormTraining(inputs, epsilon, momentum);
    update('moving-mean', mean);
    update('moving-variance', variance);
    return y;
  },
  relu: (_op, { ops }, x) => ops.relu(x),
  add: (_op, { ops, inputs }) => ops.addSame(inputs[0] as Tensor, inputs[1] as Tensor),
  pool: (op, { ops }, x) => ops.pool(x, op),
  'global-average-pool': (_op, { ops }, x) => ops.globalAveragePool(x),
  'subsample-pad': ({ stride, channels }, { ops }, x) => ops.subsamplePad(x, stride, channels),
  dense: ({ bias }, { tf, ops, variable }, x) => {
    const y = tf.matMul(x as never, variable('kernel') as never) as Tensor;
    return bias ? ops.biasAdd(y, variable('bias')) : y;
  },
};

function build(op: Op, context: Context): Tensor {
  const builder = BUILDERS[op.kind] as Builder<OpKind>;
  return builder(op as never, context, context.inputs[0] as Tensor);
}

function requireVariable(variables: Record<string, Tensor>, name: string): Tensor {
  const value = variables[name];
  if (!value) throw new Error(`no variable ${name}: the program was built for another net`);
  return value;
}

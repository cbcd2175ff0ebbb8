/** From a net's description to tensors: one builder for each kind of layer. */
import type { Layer, NetDescription, Op, OpKind } from '../core/net.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import type { Ops } from './ops/index.ts';
import { within } from './place.ts';

/** In training, batch normalisation uses the batch and moves its statistics; in evaluation it uses the moving ones. */
export type Mode = 'training' | 'evaluation';

export interface ForwardResult {
  /** [batch, classes] */
  logits: Tensor;
  /** What each layer gives; lives as long as the scope that the net is run in. */
  outputs: ReadonlyMap<Layer, Tensor>;
  /** In training only: logits of the auxiliary heads. */
  auxiliary: readonly { logits: Tensor; weight: number }[];
  /** New values of moving statistics by variable name; kept tensors, the caller disposes of them. */
  updates: Record<string, Tensor>;
}

export interface ForwardInputs {
  variables: Record<string, Tensor>;
  /** [batch, height, width, channels], normalised. */
  images: Tensor;
  /** int32 [dropout layers, 2]: one seed for each, in the order of the layers. Only in training. */
  seeds?: Tensor | undefined;
  /** Part of the budget that is done, a scalar: 0 at the first step. Only in training. */
  progress?: Tensor | undefined;
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
  /** int32 [2]: of this layer and step alone. */
  seed(): Tensor;
  /** A scalar, 1 in part `stage` of the training of a net that learns layer by layer, else 0. */
  isStage(stage: number): Tensor;
}

type Builder<K extends OpKind> = (op: Extract<Op, { kind: K }>, context: Context, x: Tensor) => Tensor;

export function forward(
  tf: TensorFlow,
  ops: Ops,
  net: NetDescription,
  { variables, images, seeds, progress }: ForwardInputs,
  mode: Mode,
): ForwardResult {
  const values = new Map<Layer, Tensor>();
  const updates: Record<string, Tensor> = {};
  const stochastic = dropoutLayers(net);
  const parts = stagesOf(net) + 1;
  const run = (layer: Layer): void => {
    const owner = layer.parametersOf ?? layer.name;
    const context: Context = {
      tf,
      ops,
      mode,
      name: layer.name,
      inputs: layer.inputs.map(input => values.get(input) as Tensor),
      variable: role => requireVariable(variables, `${owner}/${role}`),
      update: (role, value) => {
        updates[`${owner}/${role}`] = value;
      },
      seed: () => tf.reshape(tf.slice(seeds as Tensor, [stochastic.indexOf(layer), 0], [1, 2]), [2]),
      isStage: stage => {
        const part = tf.floor(tf.mul(progress as Tensor, tf.scalar(parts)));
        return tf.cast(tf.equal(part, tf.scalar(stage - 1)), 'float32');
      },
    };
    values.set(layer, layer.op.kind === 'input' ? images : build(layer.op, context));
  };
  const heads = mode === 'training' ? net.auxiliary : [];
  for (const part of [net, ...heads]) part.layers.forEach(run);
  const logitsOf = ({ layers }: { layers: readonly Layer[] }): Tensor => values.get(layers.at(-1) as Layer) as Tensor;
  const auxiliary = heads.map(head => ({ logits: logitsOf(head), weight: head.weight }));
  return { logits: logitsOf(net), outputs: values, auxiliary, updates };
}

/** Those that draw at random, in the order in which their seeds are given. */
export function dropoutLayers(net: NetDescription): Layer[] {
  return [net, ...net.auxiliary].flatMap(part => part.layers.filter(layer => layer.op.kind === 'dropout'));
}

/** Of a net that learns layer by layer. */
export function stagesOf(net: NetDescription): number {
  return Math.max(0, ...net.layers.map(({ op }) => (op.kind === 's-cells' ? op.stage : 0)));
}

const BUILDERS: { [K in OpKind]: Builder<K> } = {
  input: (_op, _context, x) => x,
  conv: (op, { tf, ops, variable }, x) => {
    const kernel = variable('kernel');
    const seen = op.connections ? tf.mul(kernel, connectionMask(tf, kernel.shape, op.connections)) : kernel;
    const y = ops.conv2d(x, seen, op);
    return op.bias === null ? y : ops.biasAdd(y, variable('bias'));
  },
  'batch-norm': ({ epsilon, momentum, scale }, context, x) => {
    const { tf, ops, mode, variable, update } = context;
    const beta = variable('beta');
    const gamma = scale ? variable('gamma') : tf.ones(beta.shape);
    const inputs = { x, gamma, beta, mean: variable('moving-mean'), variance: variable('moving-variance') };
    if (mode === 'evaluation') return ops.batchNormInference(inputs, epsilon);
    const { y, mean, variance } = ops.batchNormTraining(inputs, epsilon, momentum);
    update('moving-mean', mean);
    update('moving-variance', variance);
    return y;
  },
  lrn: (op, { ops }, x) => ops.lrn(x, op),
  activation: (op, { ops }, x) => ops.activate(x, op.function),
  dropout: ({ rate }, { ops, mode, seed }, x) => (mode === 'training' ? ops.dropout(x, rate, seed()) : x),
  add: (_op, { ops, inputs }) => inputs.reduce((sum, input) => ops.addSame(sum, input)),
  concat: (_op, { tf, inputs }) => tf.concat(inputs, 3),
  scale: ({ factor }, { ops }, x) => ops.times(x, factor),
  gate: (_op, { tf, inputs }) => {
    const [transform, gate, carry] = inputs as [Tensor, Tensor, Tensor];
    return tf.add(carry, tf.mul(gate, tf.sub(transform, carry)));
  },
  affine: (_op, { tf, ops, variable }, x) => ops.biasAdd(tf.mul(x, variable('coefficient')), variable('bias')),
  pool: (op, { ops }, x) => ops.pool(x, op),
  'global-average-pool': (_op, { ops }, x) => ops.globalAveragePool(x),
  'subsample-pad': ({ stride, channels }, { ops }, x) => ops.subsamplePad(x, stride, channels),
  flatten: (_op, { tf }, x) => tf.reshape(x, [x.shape[0] as number, -1]),
  dense: ({ bias }, { tf, ops, variable }, x) => {
    const y = tf.matMul(x as never, variable('kernel') as never) as Tensor;
    return bias === null ? y : ops.biasAdd(y, variable('bias'));
  },
  's-cells': (op, { ops, mode, variable, update, isStage }, x) => {
    const cells = { excitation: variable('excitation'), inhibition: variable('inhibition') };
    const result = ops.sCells(x, cells, op);
    if (mode === 'training') {
      const { excitation, inhibition } = ops.reinforce(cells, result, op, isStage(op.stage));
      update('excitation', excitation);
      update('inhibition', inhibition);
    }
    return result.output;
  },
  'c-cells': (op, { ops }, x) => ops.cCells(x, op),
  rbf: (_op, { tf, variable }, x) => {
    const codes = variable('codes');
    const apart = tf.sub(tf.expandDims(x, 1), tf.expandDims(codes, 0));
    return tf.neg(tf.sum(tf.square(apart), 2));
  },
};

/** [1, 1, channels, filters] of 1 where a filter sees a channel, else 0. */
function connectionMask(tf: TensorFlow, shape: readonly number[], connections: readonly (readonly number[])[]): Tensor {
  const channels = shape[2] as number;
  const seen = Array.from({ length: channels }, (_, channel) => connections.map(of => Number(of.includes(channel))));
  return tf.tensor4d([[seen]], [1, 1, channels, connections.length]);
}

function build(op: Op, context: Context): Tensor {
  const builder = BUILDERS[op.kind] as Builder<OpKind>;
  return within(context.name, () => builder(op as never, context, context.inputs[0] as Tensor));
}

function requireVariable(variables: Record<string, Tensor>, name: string): Tensor {
  const value = variables[name];
  if (!value) throw new Error(`no variable ${name}: the program was built for another net`);
  return value;
}

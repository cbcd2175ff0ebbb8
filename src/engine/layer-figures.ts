/**
 * What each layer of a net does on one batch: the sizes of its outputs, its dead units, the gradient that reaches its
 * weights. Arguments about depth, saturation and normalisation rest on them.
 */
import type { LossConfig } from '../core/cell-config.ts';
import type { LayerFigures } from '../core/layer-figures.ts';
import type { Layer, NetDescription } from '../core/net.ts';
import { netParameters, type Parameter, parametersOf } from '../core/parameters.ts';
import type { Tensor, TensorFlow } from './backend.ts';
import { forward } from './forward.ts';
import { isSmoothed, lossGradients } from './loss-gradients.ts';
import { disposeAll, mapValues } from './named-tensors.ts';
import { createOps, type Ops } from './ops/index.ts';
import type { TensorsByName } from './program.ts';

export interface LookedAt {
  net: NetDescription;
  loss: LossConfig;
  /** All variables by name. */
  weights: Readonly<Record<string, Float32Array>>;
  /** [images, height, width, channels] */
  images: Float32Array;
  labels: Int32Array;
  /** [dropout layers, 2] */
  seeds: Int32Array;
}

/** By a forward and a backward pass as in training (batch statistics, dropout), in float32; nothing is updated. */
export function layerFigures(tf: TensorFlow, looked: LookedAt): LayerFigures[] {
  const ops = createOps(tf);
  const { net, loss } = looked;
  tf.engine().startScope();
  try {
    const parameters = tensorsOf(tf, netParameters(net), looked.weights);
    const inputs = inputsOf(tf, looked);
    const { images, seeds, progress } = inputs as Record<string, Tensor>;
    const seen = forward(
      tf,
      ops,
      net,
      { variables: parameters, images: images as Tensor, seeds, progress },
      'training',
    );
    const names = netParameters(net).flatMap(({ name, trained }) => (trained ? [name] : []));
    const found = lossGradients(tf, ops, { net, loss }, { parameters, names, inputs });
    const gradients = Object.fromEntries(names.map((name, i) => [name, found.gradients[i] as Tensor]));
    const figures = net.layers.map(layer =>
      figuresOf(tf, ops, layer, { outputs: seen.outputs, parameters, gradients }),
    );
    const { loss: mean, result } = found;
    disposeAll([seen.updates, result.updates, { mean, logits: result.logits }]);
    return figures;
  } finally {
    tf.engine().endScope();
  }
}

function inputsOf(tf: TensorFlow, { net, loss, images, labels, seeds }: LookedAt): TensorsByName {
  const inputs: TensorsByName = {
    images: tf.tensor(images, [labels.length, ...net.input], 'float32'),
    labels: tf.tensor1d(labels, 'int32'),
    seeds: tf.tensor(seeds, [seeds.length / 2, 2], 'int32'),
    progress: tf.scalar(0),
  };
  return isSmoothed(loss) ? { ...inputs, smoothing: tf.scalar(loss.smoothing) } : inputs;
}

function tensorsOf(tf: TensorFlow, parameters: readonly Parameter[], values: LookedAt['weights']): TensorsByName {
  const shapes = Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));
  return mapValues(shapes, (shape, name) => tf.tensor(values[name] as Float32Array, [...shape], 'float32'));
}

interface Seen {
  outputs: ReadonlyMap<Layer, Tensor>;
  parameters: TensorsByName;
  gradients: TensorsByName;
}

function figuresOf(tf: TensorFlow, ops: Ops, layer: Layer, { outputs, parameters, gradients }: Seen): LayerFigures {
  const { name, op } = layer;
  const output = outputs.get(layer) as Tensor;
  const { mean, variance } = tf.moments(output);
  const trained = parametersOf(layer).flatMap(parameter => (parameter.trained ? [parameter.name] : []));
  const normOver = (tensors: TensorsByName): number =>
    norm(
      tf,
      trained.map(name => tensors[name] as Tensor),
    );
  const input = outputs.get(layer.inputs[0] as Layer) as Tensor;
  return {
    layer: name,
    kind: op.kind,
    mean: numberIn(mean),
    deviation: Math.sqrt(numberIn(variance)),
    ...(op.kind === 'activation' && op.function === 'relu' && { dead: deadShare(tf, output) }),
    ...(trained.length > 0 && { weightNorm: normOver(parameters), gradientNorm: normOver(gradients) }),
    ...(op.kind === 'lrn' && { denominator: quantiles(ops.lrnDenominator(input, op)) }),
  };
}

const numberIn = (scalar: Tensor): number => scalar.dataSync()[0] as number;

const norm = (tf: TensorFlow, tensors: readonly Tensor[]): number =>
  Math.sqrt(tensors.reduce((sum, tensor) => sum + numberIn(tf.sum(tf.square(tensor))), 0));

function deadShare(tf: TensorFlow, output: Tensor): number {
  const byChannel = tf.reshape(output, [-1, output.shape.at(-1) as number]);
  return numberIn(tf.mean(tf.cast(tf.equal(tf.max(byChannel, 0), 0), 'float32')));
}

function quantiles(values: Tensor): { low: number; median: number; high: number } {
  const sorted = Float32Array.from(values.dataSync()).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { low: at(0.05), median: at(0.5), high: at(0.95) };
}

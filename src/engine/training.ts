/** The two entries that an experiment needs, as pure step functions: one step of training, one batch of evaluation. */
import type { NetDescription } from '../core/net.ts';
import { netParameters } from '../core/parameters.ts';
import type { Tensor, TensorFlow, ValueSpec } from './backend.ts';
import { forward } from './forward.ts';
import { createOps, type Ops } from './ops/index.ts';
import type { ProgramSpec, StepFunction, TensorsByName } from './program.ts';

export interface TrainingSpec {
  net: NetDescription;
  /** Images of a training step, and of an evaluation batch. */
  batch: number;
  evaluationBatch: number;
  nesterov: boolean;
}

/** Of a variable's name: the accumulator of its momentum. */
const momentumOf = (variable: string): string => `${variable}/momentum`;

/**
 * Entries:
 * - `train`: images, labels, rate, momentum, weightDecay → loss, top1 (means over the batch, before the update)
 * - `evaluate`: images, labels, weights → loss, top1, top5 (sums, each example times its weight)
 *
 * Errors count an example as wrong unless its class is among the k best, ties counted against it: a net that says the
 * same of all classes, or NaN, is wrong.
 */
export function trainingProgram(tf: TensorFlow, spec: TrainingSpec): ProgramSpec {
  const ops = createOps(tf);
  const parameters = netParameters(spec.net);
  const trained = parameters.filter(parameter => parameter.trained);
  const variables = Object.fromEntries([
    ...parameters.map(({ name, shape }) => [name, shape]),
    ...trained.map(({ name, shape }) => [momentumOf(name), shape]),
  ]);
  const images = (batch: number): ValueSpec => ({ dtype: 'float32', shape: [batch, ...spec.net.input] });
  const labels = (batch: number): ValueSpec => ({ dtype: 'int32', shape: [batch] });
  const scalar: ValueSpec = { dtype: 'float32', shape: [] };
  return {
    variables,
    entries: {
      train: {
        inputs: {
          images: images(spec.batch),
          labels: labels(spec.batch),
          rate: scalar,
          momentum: scalar,
          weightDecay: scalar,
        },
        outputs: ['loss', 'top1'],
        step: trainStep(
          tf,
          ops,
          spec,
          trained.map(({ name }) => name),
        ),
      },
      evaluate: {
        inputs: {
          images: images(spec.evaluationBatch),
          labels: labels(spec.evaluationBatch),
          weights: { dtype: 'float32', shape: [spec.evaluationBatch] },
        },
        outputs: ['loss', 'top1', 'top5'],
        step: evaluateStep(tf, ops, spec.net),
      },
    },
  };
}

/** First values of the optimiser's variables. */
export function initialMomenta(net: NetDescription): Record<string, Float32Array> {
  const trained = netParameters(net).filter(parameter => parameter.trained);
  return Object.fromEntries(
    trained.map(({ name, shape }) => [momentumOf(name), new Float32Array(shape.reduce((a, b) => a * b, 1))]),
  );
}

function trainStep(
  tf: TensorFlow,
  ops: Ops,
  { net, nesterov }: TrainingSpec,
  trained: readonly string[],
): StepFunction {
  return (variables, inputs) => {
    const images = inputs.images as Tensor;
    const labels = inputs.labels as Tensor;
    let moved: TensorsByName = {};
    let logits: Tensor | undefined;
    const { value: loss, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
      const values = {
        ...variables,
        ...Object.fromEntries(trained.map((name, index) => [name, weights[index] as Tensor])),
      };
      const result = forward(tf, ops, net, { variables: values, images }, 'training');
      moved = result.updates;
      logits = tf.keep(result.logits);
      return tf.mean(ops.softmaxCrossEntropy(result.logits, labels)) as never;
    })(trained.map(name => variables[name] as Tensor));
    const top1 = tf.mean(misses(tf, logits as Tensor, labels, 1));
    logits?.dispose();
    return { outputs: { loss, top1 }, updates: { ...moved, ...sgd(tf, variables, trained, grads, inputs, nesterov) } };
  };
}

/** v ← μv + g + λw; w ← w − ηv, or w − η(μv + g + λw) with Nesterov's (Sutskever et al. 2013, as implemented commonly). */
function sgd(
  tf: TensorFlow,
  variables: TensorsByName,
  trained: readonly string[],
  gradients: readonly Tensor[],
  inputs: TensorsByName,
  nesterov: boolean,
): TensorsByName {
  const { rate, momentum, weightDecay } = inputs as { rate: Tensor; momentum: Tensor; weightDecay: Tensor };
  return Object.fromEntries(
    trained.flatMap((name, index) => {
      const weight = variables[name] as Tensor;
      const gradient = tf.add(gradients[index] as Tensor, tf.mul(weightDecay, weight));
      const velocity = tf.add(tf.mul(momentum, variables[momentumOf(name)] as Tensor), gradient);
      const direction = nesterov ? tf.add(tf.mul(momentum, velocity), gradient) : velocity;
      return [
        [name, tf.sub(weight, tf.mul(rate, direction))],
        [momentumOf(name), velocity],
      ];
    }),
  );
}

function evaluateStep(tf: TensorFlow, ops: Ops, net: NetDescription): StepFunction {
  return (variables, inputs) => {
    const { images, labels, weights } = inputs as { images: Tensor; labels: Tensor; weights: Tensor };
    const { logits } = forward(tf, ops, net, { variables, images }, 'evaluation');
    const total = (values: Tensor): Tensor => tf.sum(tf.mul(values, weights));
    const loss = total(ops.softmaxCrossEntropy(logits, labels));
    return {
      outputs: { loss, top1: total(misses(tf, logits, labels, 1)), top5: total(misses(tf, logits, labels, 5)) },
    };
  };
}

/** [batch] of 1 where the example's class is not among the `k` best, else 0. */
function misses(tf: TensorFlow, logits: Tensor, labels: Tensor, k: number): Tensor {
  const classes = logits.shape[1] as number;
  const own = tf.sum(tf.mul(logits, tf.oneHot(labels as never, classes)), 1, true);
  const asGood = tf.sum(tf.cast(tf.greaterEqual(logits, own), 'float32'), 1);
  // `asGood` counts the class itself, so it is 1 … classes, or 0 where a NaN compares with nothing.
  const hit = tf.logicalAnd(tf.greater(asGood, 0), tf.lessEqual(asGood, k));
  return tf.cast(tf.logicalNot(hit), 'float32');
}

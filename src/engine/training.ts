/** The entries that an experiment needs, as pure step functions: a step of training, a batch of evaluation. */
import type { LossConfig, OptimiserConfig } from '../core/cell-config.ts';
import type { NetDescription } from '../core/net.ts';
import type { Tensor, TensorFlow, ValueSpec } from './backend.ts';
import { dropoutLayers, forward, stagesOf } from './forward.ts';
import { isSmoothed, losses, lossGradients } from './loss-gradients.ts';
import { createOps, type Ops } from './ops/index.ts';
import { applyGradients, averageOf, optimiserScalars } from './optimisers/index.ts';
import { isTrained, joinPack, type Pack, packsOf, splitPack } from './packs.ts';
import type { ProgramSpec, StepFunction, TensorsByName } from './program.ts';
import { variablesOf } from './training-state.ts';

export interface TrainingSpec {
  net: NetDescription;
  /** Images of a training step, and of a batch of evaluation. */
  batch: number;
  evaluationBatch: number;
  optimiser: OptimiserConfig;
  loss: LossConfig;
}

const SCALAR: ValueSpec = { dtype: 'float32', shape: [] };

/**
 * Entries:
 * - `train`: images, labels, rate, the optimiser's scalars; `smoothing`, `seeds` (int32 [dropout layers, 2]) and
 *   `progress` (0 … 1) where the net and the loss have a use for them → loss, top1 (means over the batch, before the update, of the main head)
 * - `evaluate`: images, labels, weights → loss, top1, top5 (sums, each example times its weight), probabilities
 *   [batch, classes]
 *
 * Errors count an example as wrong unless its class is among the k best, ties counted against it: a net that says the
 * same of all classes, or NaN, is wrong.
 */
export function trainingProgram(tf: TensorFlow, spec: TrainingSpec): ProgramSpec {
  const ops = createOps(tf);
  const { net, batch, evaluationBatch, optimiser } = spec;
  const images = (count: number): ValueSpec => ({ dtype: 'float32', shape: [count, ...net.input] });
  const labels = (count: number): ValueSpec => ({ dtype: 'int32', shape: [count] });
  const weights: ValueSpec = { dtype: 'float32', shape: [evaluationBatch] };
  const scalars = ['rate', ...Object.keys(optimiserScalars(0, optimiser))].map(name => [name, SCALAR] as const);
  return {
    variables: Object.fromEntries(variablesOf(spec).map(({ variable, pack }) => [variable, [pack.size]])),
    entries: {
      train: {
        inputs: { images: images(batch), labels: labels(batch), ...Object.fromEntries(scalars), ...ofSome(spec) },
        outputs: ['loss', 'top1'],
        step: trainStep(tf, ops, spec),
      },
      evaluate: {
        inputs: { images: images(evaluationBatch), labels: labels(evaluationBatch), weights },
        outputs: ['loss', 'top1', 'top5', 'probabilities'],
        step: evaluateStep(tf, ops, spec),
      },
    },
  };
}

/** Inputs that only some nets and losses have. */
function ofSome({ net, loss }: TrainingSpec): Record<string, ValueSpec> {
  const layers = dropoutLayers(net).length;
  return {
    ...(isSmoothed(loss) && { smoothing: SCALAR }),
    ...(layers > 0 && { seeds: { dtype: 'int32', shape: [layers, 2] } }),
    ...(stagesOf(net) > 0 && { progress: SCALAR }),
  };
}

function trainStep(tf: TensorFlow, ops: Ops, spec: TrainingSpec): StepFunction {
  const { net, optimiser } = spec;
  const packs = packsOf(net);
  const trained = packs.filter(isTrained);
  return (variables, inputs) => {
    const labels = inputs.labels as Tensor;
    const parameters = splitAll(tf, packs, pack => variables[pack.name] as Tensor);
    const names = trained.flatMap(pack => pack.parameters.map(({ name }) => name));
    const { result, loss, gradients: grads } = lossGradients(tf, ops, spec, { parameters, names, inputs });
    const top1 = tf.mean(misses(tf, result.logits, labels, 1));
    result.logits.dispose();
    const gradients = trained.map(pack => joinPack(tf, grads.splice(0, pack.parameters.length)));
    const toTrain = trained.map((pack, index) => ({
      pack: pack.name,
      weight: variables[pack.name] as Tensor,
      gradient: gradients[index] as Tensor,
    }));
    const updates = applyGradients(tf, optimiser, toTrain, variables, inputs);
    return { outputs: { loss, top1 }, updates: { ...movedStatistics(tf, packs, result.updates), ...updates } };
  };
}

/** Every statistic moves in a step of training. */
function movedStatistics(tf: TensorFlow, packs: readonly Pack[], moved: TensorsByName): TensorsByName {
  const pack = packs.find(({ name }) => name === 'statistics');
  if (!pack) return {};
  const statistics = joinPack(
    tf,
    pack.parameters.map(({ name }) => moved[name] as Tensor),
  );
  for (const tensor of Object.values(moved)) tensor.dispose();
  return { statistics };
}

function splitAll(tf: TensorFlow, packs: readonly Pack[], valuesOf: (pack: Pack) => Tensor): TensorsByName {
  return Object.assign({}, ...packs.map(pack => splitPack(tf, pack, valuesOf(pack)))) as TensorsByName;
}

function evaluateStep(tf: TensorFlow, ops: Ops, spec: TrainingSpec): StepFunction {
  return (variables, inputs) => {
    const { images, labels, weights } = inputs as { images: Tensor; labels: Tensor; weights: Tensor };
    const logits = evaluatedLogits(tf, ops, spec, variables, images);
    const total = (values: Tensor): Tensor => tf.sum(tf.mul(values, weights));
    const loss = total(losses(ops, spec.loss, logits, labels));
    const [top1, top5] = [1, 5].map(k => total(misses(tf, logits, labels, k))) as [Tensor, Tensor];
    return { outputs: { loss, top1, top5, probabilities: tf.softmax(logits) } };
  };
}

/** By the averages in the place of the weights, if the optimiser keeps them. */
function evaluatedLogits(tf: TensorFlow, ops: Ops, { net }: TrainingSpec, variables: TensorsByName, images: Tensor) {
  const parameters = splitAll(
    tf,
    packsOf(net),
    pack => (variables[averageOf(pack.name)] ?? variables[pack.name]) as Tensor,
  );
  return forward(tf, ops, net, { variables: parameters, images }, 'evaluation').logits;
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

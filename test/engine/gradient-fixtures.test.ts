/** Every kernel, and every gradient of ours, against TensorFlow in Python. */
import { describe, expect, test } from 'vitest';
import type { ActivationFunction } from '../../src/core/net.ts';
import type { Tensor } from '../../src/engine/backend.ts';
import type { ConvolutionOptions } from '../../src/engine/ops/convolution.ts';
import { createOps } from '../../src/engine/ops/index.ts';
import type { BatchNormInputs, LrnConstants } from '../../src/engine/ops/normalisation.ts';
import type { PoolOptions } from '../../src/engine/ops/pooling.ts';
import { errorOf, type KernelCase, kernels, tensorOf } from './python-fixture.ts';
import { tf } from './tensorflow.ts';

/**
 * Of the largest value. The reference is float64; a value of ours is a float32 sum of at most some hundred products, each
 * rounded to 6e-8 of itself. A wrong border, count or constant is off by a percent and more.
 */
const TOLERANCE = 2e-6;

const ops = createOps(tf);

type Operands = Record<'x' | 'a' | 'b' | 'kernel' | 'bias' | 'logits' | 'labels' | 'seed', Tensor> & BatchNormInputs;

const RUNS: Record<string, (operands: Operands, options: never) => Tensor> = {
  activate: ({ x }, options: { function: ActivationFunction }) => ops.activate(x, options.function),
  batchNormTraining: (inputs, options: Momentum) => trainBatchNorm(inputs, options).y,
  batchNormInference: (inputs, { epsilon }: Momentum) => ops.batchNormInference(inputs, epsilon),
  softmaxCrossEntropy: ({ logits, labels }) => ops.softmaxCrossEntropy(logits, labels),
  smoothedCrossEntropy: ({ logits, labels }, { smoothing }: { smoothing: number }) =>
    ops.smoothedCrossEntropy(logits, labels, tf.scalar(smoothing)),
  lrn: ({ x }, options: LrnConstants) => ops.lrn(x, options),
  pool: ({ x }, options: PoolOptions) => ops.pool(x, options),
  conv2d: ({ x, kernel }, options: ConvolutionOptions) => ops.conv2d(x, kernel, options),
  subsample: ({ x }, { stride }: { stride: number }) => ops.subsample(x, stride),
  subsamplePad: ({ x }, { stride, channels }: { stride: number; channels: number }) =>
    ops.subsamplePad(x, stride, channels),
  dropout: ({ x, seed }, { rate }: { rate: number }) => ops.dropout(x, rate, seed),
  biasAdd: ({ x, bias }) => ops.biasAdd(x, bias),
  addSame: ({ a, b }) => ops.addSame(a, b),
  times: ({ x }, { factor }: { factor: number }) => ops.times(x, factor),
  dense: ({ x, kernel, bias }) => ops.biasAdd(tf.matMul(x as never, kernel as never), bias),
  globalAveragePool: ({ x }) => ops.globalAveragePool(x),
};

interface Momentum {
  epsilon: number;
  momentum: number;
}

const trainBatchNorm = (inputs: BatchNormInputs, { epsilon, momentum }: Momentum) =>
  ops.batchNormTraining(inputs, epsilon, momentum);

const operandsOf = ({ inputs, constants }: KernelCase): Operands => {
  const all = Object.entries({ ...inputs, ...constants });
  return Object.fromEntries(all.map(([name, array]) => [name, tensorOf(tf, array)])) as unknown as Operands;
};

function run({ op, options }: KernelCase, operands: Operands): Tensor {
  return (RUNS[op] as (operands: Operands, options: unknown) => Tensor)(operands, options);
}

const titled = (cases: readonly KernelCase[]) =>
  cases.map(one => ({ title: `${one.op} ${JSON.stringify({ shape: one.output.shape, ...one.options })}`, one }));

/** These are made of others, without a like in Python: perceptron, neocognitron and layer-figures.test.ts work them out by hand. */
const BY_HAND = ['perceptronCriterion', 'sCells', 'reinforce', 'cCells', 'lrnDenominator'];

test('every op has a case', () => {
  const known = new Set([...BY_HAND, ...kernels.map(({ op }) => op)]);
  expect(Object.keys(ops).filter(op => !known.has(op))).toEqual([]);
});

describe('outputs', () => {
  test.each(titled(kernels))('$title', ({ one }) => {
    expect(errorOf(run(one, operandsOf(one)), one.output)).toBeLessThan(TOLERANCE);
  });
});

describe('gradients of the weighted sum of outputs', () => {
  test.each(titled(kernels.filter(({ gradients }) => gradients)))('$title', ({ one }) => {
    const { inputs, weights, gradients } = one as Required<KernelCase>;
    const names = Object.keys(inputs);
    const operands = operandsOf(one);
    const total = (...given: Tensor[]): Tensor => {
      const current = Object.fromEntries(names.map((name, i) => [name, given[i] as Tensor]));
      return tf.sum(tf.mul(run(one, { ...operands, ...current }), tensorOf(tf, weights)));
    };
    const got = tf.grads(total as never)(names.map(name => operands[name as 'x']));
    names.forEach((name, i) => {
      expect(errorOf(got[i] as Tensor, gradients[name] as never), name).toBeLessThan(TOLERANCE);
    });
  });
});

test('training batch norm moves its statistics as TensorFlow does', () => {
  const one = kernels.find(({ moved }) => moved) as Required<KernelCase>;
  const { mean, variance } = trainBatchNorm(operandsOf(one), one.options as unknown as Momentum);
  expect(errorOf(mean, one.moved.mean)).toBeLessThan(TOLERANCE);
  expect(errorOf(variance, one.moved.variance)).toBeLessThan(TOLERANCE);
});

test('dropout drops what the same generator of TensorFlow drops, value by value', () => {
  const cases = kernels.filter(({ op }) => op === 'dropout');
  expect(cases.length).toBeGreaterThan(1);
  for (const one of cases) {
    const kept = Array.from(run(one, operandsOf(one)).dataSync(), value => value !== 0);
    expect(kept).toEqual(one.output.values.map(value => value !== 0));
  }
});

/** Every kernel with a gradient of ours against central finite differences. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import type { Tensor } from '../../src/engine/backend.ts';
import { createOps } from '../../src/engine/ops/index.ts';
import { tf } from './tensorflow.ts';

const ops = createOps(tf);

function random(shape: number[], purpose: string, offset = 0): Tensor {
  const draws = stream(7, purpose);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => draws.normal() + offset),
    shape,
  );
}

/** Values apart by more than the differences' step and away from 0: a maximum or a ReLU has no kink nearby. */
function separated(shape: number[], purpose: string): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const draws = stream(7, purpose);
  const order = Array.from({ length: size }, (_, i) => i).sort(() => draws.uniform() - 0.5);
  return tf.tensor(
    Float32Array.from(order, i => (i - size / 2 + 0.5) * 0.1),
    shape,
  );
}

/** The largest difference of the two gradients of Σ w·f(inputs), relative to the largest of the gradient. */
function gradientError(f: (...inputs: Tensor[]) => Tensor, inputs: Tensor[], step = 0.02): number {
  const weights = random(f(...inputs).shape, 'weights of the sum');
  const scalar = (...xs: Tensor[]): Tensor => tf.sum(tf.mul(f(...xs), weights));
  const analytic = tf.grads(scalar as never)(inputs as never) as unknown as Tensor[];
  const errors = inputs.map((input, index) => {
    const values = input.dataSync() as Float32Array;
    const at = (position: number, delta: number): number => {
      const moved = Float32Array.from(values);
      moved[position] = (moved[position] as number) + delta;
      const xs = inputs.map((x, i) => (i === index ? tf.tensor(moved, input.shape) : x));
      return scalar(...xs).dataSync()[0] as number;
    };
    const numeric = Array.from(values, (_, i) => (at(i, step) - at(i, -step)) / (2 * step));
    const exact = Array.from((analytic[index] as Tensor).dataSync());
    const scale = Math.max(...numeric.map(Math.abs));
    return Math.max(...exact.map((value, i) => Math.abs(value - (numeric[i] as number)))) / scale;
  });
  return Math.max(...errors);
}

describe('gradients agree with finite differences', () => {
  const image = () => random([2, 5, 5, 2], 'image');

  test.each([
    ['same', 1],
    ['valid', 1],
    [1, 1],
    [1, 2],
    [2, 2],
    [0, 2],
  ] as const)('conv2d, padding %s, stride %s', (padding, stride) => {
    const error = gradientError(
      (x, k) => ops.conv2d(x as Tensor, k as Tensor, { stride, padding }),
      [image(), random([3, 3, 2, 3], 'kernel')],
    );
    expect(error).toBeLessThan(2e-3);
  });

  test.each([
    ['same', 2, 1],
    ['valid', 2, 1],
    [1, 2, 1],
    [2, 3, 1],
    ['same', 1, 2],
    [1, 1, 2],
    [1, 2, 2],
  ] as const)('conv2d, padding %s, dilation %i, %i groups', (padding, dilation, groups) => {
    const kernel = random([3, 3, 2 / groups, 4], 'kernel');
    const options = { stride: 1, padding, dilation, groups };
    const wide = random([2, 7, 8, 2], 'wide image');
    expect(gradientError((x, k) => ops.conv2d(x as Tensor, k as Tensor, options), [wide, kernel])).toBeLessThan(2e-3);
  });

  test('conv2d, kernel 1 × 7', () => {
    const options = { stride: 1, padding: 'same' } as const;
    const inputs = [image(), random([1, 7, 2, 3], 'kernel')];
    expect(gradientError((x, k) => ops.conv2d(x as Tensor, k as Tensor, options), inputs)).toBeLessThan(2e-3);
  });

  test.each(['relu', 'tanh', 'sigmoid', 'scaled-tanh'] as const)('%s', how => {
    expect(gradientError(x => ops.activate(x as Tensor, how), [separated([4, 6], 'relu')])).toBeLessThan(2e-3);
  });

  test('lrn', () => {
    const constants = { size: 5, bias: 1, alpha: 0.5, beta: 0.75 };
    const x = random([1, 2, 2, 7], 'lrn');
    expect(gradientError(x => ops.lrn(x as Tensor, constants), [x])).toBeLessThan(2e-3);
  });

  test('dropout', () => {
    const seed = tf.tensor1d([3, 4], 'int32');
    expect(gradientError(x => ops.dropout(x as Tensor, 0.4, seed), [random([5, 6], 'dropout')])).toBeLessThan(2e-3);
  });

  test.each([4, 5])('subsample of %i pixels', size => {
    const x = random([2, size, size, 2], 'subsample');
    expect(gradientError(x => ops.subsample(x as Tensor, 2), [x])).toBeLessThan(2e-3);
  });

  test('addSame', () => {
    expect(
      gradientError((a, b) => ops.addSame(a as Tensor, b as Tensor), [image(), random([2, 5, 5, 2], 'other')]),
    ).toBeLessThan(2e-3);
  });

  test('biasAdd', () => {
    expect(gradientError((x, b) => ops.biasAdd(x as Tensor, b as Tensor), [image(), random([2], 'bias')])).toBeLessThan(
      2e-3,
    );
  });

  test('batchNormTraining', () => {
    const [mean, variance] = [tf.zeros([2]), tf.ones([2])];
    const f = (x?: Tensor, gamma?: Tensor, beta?: Tensor): Tensor =>
      ops.batchNormTraining({ x, gamma, beta, mean, variance } as never, 1e-3, 0.9).y;
    expect(gradientError(f as never, [image(), random([2], 'gamma', 1), random([2], 'beta')])).toBeLessThan(5e-3);
  });

  test.each([
    ['max', 2, 2, 'valid'],
    ['max', 3, 2, 1],
    ['max', 3, 2, 'same'],
    ['average', 2, 2, 'valid'],
    ['average', 3, 2, 1],
    ['average', 3, 1, 'same'],
  ] as const)('%s pool %i/%i, padding %s', (type, size, stride, padding) => {
    const error = gradientError(
      x => ops.pool(x as Tensor, { type, size, stride, padding }),
      [separated([1, 6, 6, 2], 'pool')],
    );
    expect(error).toBeLessThan(2e-3);
  });

  test('globalAveragePool', () => {
    expect(gradientError(x => ops.globalAveragePool(x as Tensor), [image()])).toBeLessThan(2e-3);
  });

  test.each([
    [2, 6],
    [1, 4],
    [2, 2],
  ])('subsamplePad, stride %i to %i channels', (stride, channels) => {
    expect(gradientError(x => ops.subsamplePad(x as Tensor, stride, channels), [image()])).toBeLessThan(2e-3);
  });

  test('smoothedCrossEntropy', () => {
    const labels = tf.tensor1d([0, 2, 1], 'int32');
    const smoothed = (x: Tensor) => ops.smoothedCrossEntropy(x, labels, tf.scalar(0.1));
    expect(gradientError(smoothed, [random([3, 4], 'logits')])).toBeLessThan(2e-3);
  });

  test('softmaxCrossEntropy', () => {
    const labels = tf.tensor1d([0, 2, 1], 'int32');
    expect(gradientError(x => ops.softmaxCrossEntropy(x as Tensor, labels), [random([3, 4], 'logits')])).toBeLessThan(
      2e-3,
    );
  });
});

describe('values', () => {
  test('subsample gives the same pixels whichever way it goes', () => {
    const x = random([2, 6, 8, 3], 'subsample');
    const picked = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, 2, 2, 1]);
    expect(Array.from(ops.subsample(x, 2).dataSync())).toEqual(Array.from(picked.dataSync()));
  });

  test('padding in pixels is zeros on each side, whatever word TensorFlow has for it', () => {
    const [x, kernel] = [random([1, 8, 8, 1], 'x'), random([3, 3, 1, 1], 'k')];
    const padded = tf.pad(x, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    for (const stride of [1, 2, 3]) {
      const expected = ops.conv2d(padded, kernel, { stride, padding: 'valid' });
      const got = ops.conv2d(x, kernel, { stride, padding: 1 });
      expect(got.shape).toEqual(expected.shape);
      expect(Array.from(got.dataSync())).toEqual(Array.from(expected.dataSync()));
    }
  });

  test('a padded maximum of negative values is negative', () => {
    const x = tf.fill([1, 4, 4, 1], -3);
    const y = ops.pool(x, { type: 'max', size: 3, stride: 2, padding: 1 });
    expect(Array.from(y.dataSync())).toEqual([-3, -3, -3, -3]);
  });

  test('dropout keeps the expected share and scale, and repeats the mask of a seed', () => {
    const x = tf.ones([100, 100]);
    const drop = (seed: number) => ops.dropout(x, 0.3, tf.tensor1d([1, seed], 'int32')).dataSync();
    const values = drop(1);
    const kept = values.filter(value => value !== 0);
    expect(kept.length / values.length).toBeCloseTo(0.7, 1);
    expect(Math.max(...kept)).toBeCloseTo(1 / 0.7, 5);
    expect(drop(1)).toEqual(values);
    expect(drop(2)).not.toEqual(values);
  });

  test('label smoothing 0 is no smoothing, and a uniform guess costs ln n at any smoothing', () => {
    const labels = tf.tensor1d([0, 2], 'int32');
    const logits = random([2, 4], 'logits');
    const smooth = (x: Tensor, s: number) => Array.from(ops.smoothedCrossEntropy(x, labels, tf.scalar(s)).dataSync());
    const exact = Array.from(ops.softmaxCrossEntropy(logits, labels).dataSync());
    smooth(logits, 0).forEach((loss, i) => {
      expect(loss).toBeCloseTo(exact[i] as number, 5);
    });
    for (const loss of smooth(tf.zeros([2, 4]), 0.3)) expect(loss).toBeCloseTo(Math.log(4), 5);
  });

  test('subsamplePad takes every second pixel and pads channels on both sides', () => {
    const x = tf.range(0, 9).reshape([1, 3, 3, 1]).tile([1, 1, 1, 2]);
    const y = ops.subsamplePad(x, 2, 4);
    expect(y.shape).toEqual([1, 2, 2, 4]);
    expect(Array.from(y.dataSync())).toEqual(
      [0, 0, 2, 6, 8].slice(1).flatMap((_, i) => [0, [0, 2, 6, 8][i] as number, [0, 2, 6, 8][i] as number, 0]),
    );
  });

  test('training batch norm moves the statistics by 1 − momentum', () => {
    const x = tf.tensor4d([1, 3, 5, 7], [4, 1, 1, 1]);
    const inputs = { x, gamma: tf.ones([1]), beta: tf.zeros([1]), mean: tf.tensor1d([10]), variance: tf.tensor1d([2]) };
    const { mean, variance } = ops.batchNormTraining(inputs, 1e-5, 0.9);
    expect(mean.dataSync()[0]).toBeCloseTo(0.9 * 10 + 0.1 * 4, 5);
    expect(variance.dataSync()[0]).toBeCloseTo(0.9 * 2 + 0.1 * (20 / 3), 5); // sample variance, n − 1
  });
});

/**
 * Stock tfjs-node: trainOnBatch of a LayersModel, op by op. It takes the arguments of the Python peers and prints the
 * same lines. The library below is ours (TensorFlow 2.21), which is faster than the one that tfjs-node would download.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type * as tfjs from '@tensorflow/tfjs-node';
import { stream } from '../../src/core/random.ts';
import { backendOf, type TensorFlow } from '../../src/engine/backend.ts';
import { readCheckpoint } from '../../src/engine/checkpoint.ts';
import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { median } from '../../src/stats/index.ts';
import type { DescribedNet } from './describe.ts';
import { stockModel } from './stock-layers.ts';

const WARM_UP_STEPS = 5;
const RING = 4;
const MOMENTUM = 0.9;
const WEIGHT_DECAY = 1e-4;
/** Order of a layer's weights in tfjs, by the number of them. */
const ROLES: Record<number, readonly string[]> = {
  1: ['kernel'],
  2: ['kernel', 'bias'],
  4: ['gamma', 'beta', 'moving-mean', 'moving-variance'],
};

const text = { type: 'string', default: '' } as const;
const { values: given } = parseArgs({
  options: { net: text, weights: text, threads: text, seconds: text, rate: text, losses: text, variant: text },
});
const net = JSON.parse(readFileSync(given.net, 'utf8')) as DescribedNet;
const { values, shapes } = readCheckpoint(given.weights, net.name);
const tf = await loadTensorFlow({ threads: Number(given.threads) });
const { model, notes } = stockModel(tf, net, WEIGHT_DECAY);
setWeights(tf, model);
model.compile({
  optimizer: tf.train.momentum(Number(given.rate), MOMENTUM),
  loss: (labels: tfjs.Tensor, logits: tfjs.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits),
});
const result = given.losses ? { losses: await checkedLosses(Number(given.losses)) } : await measure();
process.stdout.write(
  `${JSON.stringify({ ...result, notes, version: `4.22.0 on TensorFlow ${backendOf(tf).binding.TF_Version}` })}\n`,
);

function setWeights(tf: TensorFlow, model: tfjs.LayersModel): void {
  for (const layer of model.layers) {
    const roles = ROLES[layer.weights.length];
    if (roles) layer.setWeights(roles.map((role, index) => firstValue(tf, layer, role, index)));
  }
}

function firstValue(tf: TensorFlow, layer: tfjs.layers.Layer, role: string, index: number): tfjs.Tensor {
  const [name = '', group] = layer.name.split('/group');
  const shape = layer.weights[index]?.shape as number[];
  const whole = values[`${name}/${role}`];
  if (!whole) return tf.ones(shape);
  const tensor = tf.tensor(whole, [...(shapes[`${name}/${role}`] as readonly number[])]);
  if (group === undefined) return tensor;
  const filters = shape.at(-1) as number;
  const before = shape.slice(0, -1).map(() => 0);
  return tf.slice(tensor, [...before, Number(group) * filters], shape);
}

async function measure(): Promise<object> {
  const ring = madeUpBatches();
  const losses: number[] = [];
  const next = async (): Promise<void> => {
    const { images, labels } = ring[losses.length % RING] as (typeof ring)[number];
    losses.push(await step(images.slice(), labels));
  };
  for (let warm = 0; warm < WARM_UP_STEPS; warm++) await next();
  const rates: number[] = [];
  const startMs = performance.now();
  while (performance.now() - startMs < 1000 * Number(given.seconds)) {
    const beforeMs = performance.now();
    await next();
    rates.push((1000 * net.batch) / (performance.now() - beforeMs));
  }
  const imagesPerSecond = { median: median(rates), min: Math.min(...rates), max: Math.max(...rates) };
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { imagesPerSecond, steps: rates.length, lossFirst: losses[0], lossLast: losses.at(-1), peakMegabytes };
}

/** tfjs adds the L2 terms to its loss; without them it is what the others print. */
async function checkedLosses(steps: number): Promise<number[]> {
  const losses: number[] = [];
  const labels = Int32Array.from(values.labels as Float32Array);
  for (let i = 0; i < steps; i++) {
    const squares = tf.tidy(() =>
      model.trainableWeights.reduce((sum, weight) => sum + (tf.sum(tf.square(weight.read())).arraySync() as number), 0),
    );
    losses.push((await step((values.images as Float32Array).slice(), labels)) - (WEIGHT_DECAY / 2) * squares);
  }
  return losses;
}

async function step(images: Float32Array, labels: Int32Array): Promise<number> {
  const x = tf.tensor(images, [net.batch, ...net.input]);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), net.classes).toFloat();
  const loss = (await model.trainOnBatch(x, y)) as number;
  tf.dispose([x, y]);
  return loss;
}

function madeUpBatches(): { images: Float32Array; labels: Int32Array }[] {
  const draws = stream(1, 'stock-tfjs');
  const size = net.input.reduce((product, extent) => product * extent, net.batch);
  return Array.from({ length: RING }, () => ({
    images: Float32Array.from({ length: size }, () => draws.normal()),
    labels: Int32Array.from({ length: net.batch }, () => draws.below(net.classes)),
  }));
}

/** What is said of layers agrees with what a compiled step of training does, and with what can be worked out by hand. */
import { expect, test } from 'vitest';
import type { CellConfig, LossConfig } from '../../src/core/cell-config.ts';
import type { LayerFigures } from '../../src/core/layer-figures.ts';
import type { NetDescription } from '../../src/core/net.ts';
import { parametersOf } from '../../src/core/parameters.ts';
import { stream } from '../../src/core/random.ts';
import { dropoutSeeds } from '../../src/engine/dropout-seeds.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import { layerFigures } from '../../src/engine/layer-figures.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { findNet } from '../../src/nets/index.ts';
import { SGD } from './small-net.ts';
import { tf } from './tensorflow.ts';

const BATCH = 4;
const SHAPE = [16, 16, 1] as const;
const SEED = 3;
const draws = stream(5, 'layer figures');
const images = Float32Array.from({ length: BATCH * 16 * 16 }, () => draws.normal());
const labels = Int32Array.from({ length: BATCH }, () => draws.below(3));
const PLAIN: LossConfig = { kind: 'cross-entropy', smoothing: 0 };

const smallNet = (name: string, options = {}): Promise<NetDescription> =>
  findNet(name, { form: 'small', ...options }, { shape: SHAPE, classes: 3 });

const looked = (net: NetDescription, weights: Record<string, Float32Array>, loss: LossConfig = PLAIN): LayerFigures[] =>
  layerFigures(tf, { net, loss, weights, images, labels, seeds: dropoutSeeds(net, SEED, 0) });

const found = (figures: readonly LayerFigures[], layer: string): LayerFigures =>
  figures.find(one => one.layer === layer) as LayerFigures;

const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Dropout, batch statistics, and auxiliary heads each change what arrives at a layer. */
test.each<[string, LossConfig]>([
  ['alexnet', PLAIN],
  ['resnet-18', { kind: 'cross-entropy', smoothing: 0.1 }],
  ['inception-v1', PLAIN],
])('%s: gradients are those by which a step of plain descent moves', { timeout: 120_000 }, async (name, loss) => {
  const net = await smallNet(name);
  const optimiser = { ...SGD, rate: 1, momentum: 0, weightDecay: 0 };
  const config = { steps: 9, batch: BATCH, precision: 'float32', optimiser, loss } as unknown as CellConfig;
  const trainer = await Trainer.create(tf, { net, config, seed: SEED, evaluationBatch: BATCH, trainImages: BATCH });
  const before = trainer.state().values;
  const figures = looked(net, before, loss);
  trainer.train(0, images, labels);
  const after = trainer.state().values;
  trainer.dispose();
  let compared = 0;
  for (const layer of net.layers) {
    const names = parametersOf(layer).flatMap(one => (one.trained ? [one.name] : []));
    if (names.length === 0) continue;
    const moved = names.flatMap(one =>
      [...(before[one] as Float32Array)].map((value, i) => value - (after[one]?.[i] ?? 0)),
    );
    const { gradientNorm } = found(figures, layer.name);
    expect(Math.abs((gradientNorm as number) / norm(moved) - 1), layer.name).toBeLessThan(1e-3);
    compared++;
  }
  expect(compared).toBeGreaterThan(5);
});

test('a channel that is 0 everywhere is dead, and outputs are described over batch, positions and channels', async () => {
  const net = await smallNet('alexnet', { norm: 'none' });
  const weights = initialValues(net, SEED);
  const first = net.layers.find(({ op }) => op.kind === 'conv');
  const relu = net.layers.find(({ op }) => op.kind === 'activation');
  const channels = first?.output.at(-1) as number;
  // All channels say 2, but for a quarter that cannot fire.
  weights[`${first?.name}/kernel`]?.fill(0);
  weights[`${first?.name}/bias`]?.fill(2).fill(-2, 0, channels / 4);
  const figures = found(looked(net, weights), relu?.name as string);
  expect(figures.dead).toBeCloseTo(0.25, 6);
  expect(figures.mean).toBeCloseTo(1.5, 5);
  expect(figures.deviation).toBeCloseTo(Math.sqrt(0.75), 5);
  expect(found(looked(net, weights), first?.name as string).weightNorm).toBeCloseTo(2 * Math.sqrt(channels), 4);
});

test('the denominator of local response normalisation is k + α Σ a² over the neighbours', async () => {
  const net = await smallNet('alexnet', { norm: 'lrn' });
  const weights = initialValues(net, SEED);
  const first = net.layers.find(({ op }) => op.kind === 'conv');
  const lrn = net.layers.find(({ op }) => op.kind === 'lrn');
  if (lrn?.op.kind !== 'lrn') throw new Error('no LRN');
  weights[`${first?.name}/kernel`]?.fill(0);
  weights[`${first?.name}/bias`]?.fill(3);
  const { size, bias, alpha } = lrn.op;
  const { low, median, high } = found(looked(net, weights), lrn.name).denominator as NonNullable<
    LayerFigures['denominator']
  >;
  expect(median).toBeCloseTo(bias + alpha * size * 9, 5);
  expect(high).toBeCloseTo(median, 5);
  // The outermost channels have neighbours on one side only.
  expect(low).toBeCloseTo(bias + alpha * ((size + 1) / 2) * 9, 5);
});

test('nothing stays behind', async () => {
  const net = await smallNet('resnet-18');
  const weights = initialValues(net, SEED);
  looked(net, weights);
  const before = tf.memory().numTensors;
  looked(net, weights);
  expect(tf.memory().numTensors).toBe(before);
});

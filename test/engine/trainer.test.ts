/** A net in training: resumed anywhere it goes on with the same bits; what is random follows from seed and step. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellConfig, LossConfig, OptimiserConfig } from '../../src/core/cell-config.ts';
import { stream } from '../../src/core/random.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/engine/checkpoint.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { findNet } from '../../src/nets/index.ts';
import { newFolder } from '../new-folder.ts';
import { SGD } from './small-net.ts';
import { tf } from './tensorflow.ts';

const BATCH = 4;
const STEPS = 6;
const SHAPE = [16, 16, 1] as const;
const adam = { ...SGD, kind: 'adam', rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as OptimiserConfig;

/** AlexNet draws dropout masks; inception-v1 has auxiliary heads; a residual net has moving statistics. */
const CASES: Record<string, { net: string; optimiser: OptimiserConfig; loss: LossConfig }> = {
  'dropout, Adam': { net: 'alexnet', optimiser: adam, loss: { kind: 'cross-entropy', smoothing: 0 } },
  'moving statistics, averages, smoothing': {
    net: 'resnet-18',
    optimiser: { ...SGD, averaging: 0.9, schedule: { kind: 'cosine' } },
    loss: { kind: 'cross-entropy', smoothing: 0.1 },
  },
};

async function create(name: string, seed = 1): Promise<Trainer> {
  const { net: netName, ...rest } = CASES[name] as (typeof CASES)[string];
  const net = await findNet(netName, { form: 'small' }, { shape: SHAPE, classes: 3 });
  const config = { steps: STEPS, batch: BATCH, precision: 'float32', ...rest } as CellConfig;
  return Trainer.create(tf, { net, config, seed, evaluationBatch: BATCH, trainImages: 3 * BATCH });
}

function batchOf(step: number): [Float32Array, Int32Array] {
  const draws = stream(5, 'trainer test', step);
  const images = Float32Array.from({ length: BATCH * SHAPE[0] * SHAPE[1] }, () => draws.normal());
  return [images, Int32Array.from({ length: BATCH }, () => draws.below(3))];
}

function trainSteps(trainer: Trainer, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => trainer.train(from + i, ...batchOf(from + i)).loss);
}

/** Names of the variables whose bits are not the same. */
function differing(a: Record<string, Float32Array>, b: Record<string, Float32Array>): string[] {
  const bytes = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Object.keys(b).filter(name => !bytes(a[name] as Float32Array).equals(bytes(b[name] as Float32Array)));
}

test.each(Object.keys(CASES))(
  '%s: a checkpoint at any step goes on with the same bits',
  { timeout: 120_000 },
  async name => {
    const folder = newFolder();
    const [straight, resumed] = [await create(name), await create(name)];
    const start = straight.state();
    const losses = trainSteps(straight, 0, STEPS);
    const end = straight.state().values;
    const path = join(folder, 'checkpoint');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: STEPS - 1 }), stop => {
        straight.restore(start);
        trainSteps(straight, 0, stop);
        writeCheckpoint(path, { step: stop, identity: 'x', ...straight.state() });
        resumed.restore(readCheckpoint(path, 'x'));
        expect(trainSteps(resumed, stop, STEPS)).toEqual(losses.slice(stop));
        expect(differing(resumed.state().values, end)).toEqual([]);
      }),
      { numRuns: 4 },
    );
    straight.dispose();
    resumed.dispose();
  },
);

test('dropout masks follow from seed and step', { timeout: 60_000 }, async () => {
  const name = 'dropout, Adam';
  const [one, other] = [await create(name), await create(name)];
  other.restore(one.state());
  const loss = one.train(0, ...batchOf(0)).loss;
  expect(other.train(1, ...batchOf(0)).loss).not.toBe(loss);
  one.dispose();
  other.dispose();
});

test('evaluation drops nothing, and predictions are probabilities', { timeout: 60_000 }, async () => {
  const trainer = await create('dropout, Adam');
  const [images, labels] = batchOf(0);
  const weights = new Float32Array(BATCH).fill(1);
  expect(trainer.evaluate(images, labels, weights)).toEqual(trainer.evaluate(images, labels, weights));
  const probabilities = trainer.predict(images);
  for (let image = 0; image < BATCH; image++) {
    const sum = probabilities.subarray(3 * image, 3 * image + 3).reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
  const loss = labels.reduce((sum, label, i) => sum - Math.log(probabilities[3 * i + label] as number), 0);
  expect(trainer.evaluate(images, labels, weights).loss).toBeCloseTo(loss, 3);
  trainer.dispose();
});

test('evaluation sees the average of the weights, training the weights', { timeout: 60_000 }, async () => {
  const trainer = await create('moving statistics, averages, smoothing');
  const before = trainer.state().values;
  trainSteps(trainer, 0, 3);
  const after = trainer.state().values;
  const kernel = 'stem.conv/kernel';
  const [old, now, average] = [before[kernel], after[kernel], after[`${kernel}/average`]] as Float32Array[];
  const distance = (a?: Float32Array, b?: Float32Array): number => Math.abs((a?.[0] as number) - (b?.[0] as number));
  expect(distance(average, old)).toBeGreaterThan(0);
  expect(distance(average, old)).toBeLessThan(distance(now, old));
  const [images] = batchOf(0);
  const averaged = trainer.predict(images);
  trainer.restore({ values: { ...after, ...withoutAverages(after) } });
  expect(trainer.predict(images)).not.toEqual(averaged);
  trainer.dispose();
});

/** The averages replaced by the weights. */
function withoutAverages(values: Record<string, Float32Array>): Record<string, Float32Array> {
  const averages = Object.keys(values).filter(name => name.endsWith('/average'));
  return Object.fromEntries(averages.map(name => [name, values[name.replace(/\/average$/, '')] as Float32Array]));
}

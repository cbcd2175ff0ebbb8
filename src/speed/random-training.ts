/** Training on random images as a run does it, without a dataset. */
import type { CellConfig, OptimiserConfig, Precision } from '../core/cell-config.ts';
import { DEFAULT_INPUT } from '../core/input.ts';
import type { NetDescription } from '../core/net.ts';
import { sizeOf } from '../core/parameters.ts';
import { stream } from '../core/random.ts';
import type { TensorFlow } from '../engine/backend.ts';
import { Trainer } from '../engine/trainer.ts';

export interface Training {
  net: NetDescription;
  batch: number;
  precision: Precision;
  /** Of weights and images. */
  seed: number;
  /** Learning rate; `STEP_RATE` if it is left out. */
  rate?: number;
}

/** Batches that are handed over in turn. */
const BATCHES = 4;

/** Low enough that a net on random labels stays finite. */
export const STEP_RATE = 0.01;

const sgd = (rate: number): OptimiserConfig => ({
  kind: 'sgd',
  rate,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 1e-4,
  decayed: 'all',
  clipNorm: null,
  averaging: null,
  warmupSteps: 0,
  schedule: { kind: 'constant' },
});

export function createTrainer(
  tf: TensorFlow,
  { net, batch, precision, seed, rate = STEP_RATE }: Training,
): Promise<Trainer> {
  const config: CellConfig = {
    net: net.name,
    options: net.options,
    dataset: 'random',
    trainImages: 'all',
    input: DEFAULT_INPUT,
    steps: Number.MAX_SAFE_INTEGER,
    batch,
    precision,
    optimiser: sgd(rate),
    match: null,
    start: null,
    loss: { kind: 'cross-entropy', smoothing: 0 },
    evaluate: { every: 1, images: 'all', final: 'all', procedures: [], lesions: null },
    lastSteps: 1,
  };
  return Trainer.create(tf, { net, config, seed, evaluationBatch: batch, trainImages: BATCHES * batch });
}

/** Trains on random batches, a new one handed over at each step as in a run; returns the loss. */
export function trainingOn(
  trainer: Trainer,
  { net, batch, seed }: Omit<Training, 'precision' | 'rate'>,
): (step: number) => number {
  const batches = Array.from({ length: BATCHES }, (_, index) => {
    const draws = stream(seed, 'random images', index);
    const images = Float32Array.from({ length: batch * sizeOf(net.input) }, () => draws.normal());
    return { images, labels: Int32Array.from({ length: batch }, () => draws.below(net.classes)) };
  });
  return step => {
    const { images, labels } = batches[step % BATCHES] as (typeof batches)[number];
    return trainer.train(step, images, labels).loss;
  };
}

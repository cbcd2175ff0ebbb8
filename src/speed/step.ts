/** The bare compiled training step on random images: how fast, and with which numbers. */
import type { CellConfig, OptimiserConfig, Precision } from '../core/cell-config.ts';
import type { Device } from '../core/experiment.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { DEFAULT_INPUT } from '../core/input.ts';
import type { NetDescription } from '../core/net.ts';
import { sizeOf } from '../core/parameters.ts';
import { stream } from '../core/random.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { Trainer } from '../engine/trainer.ts';
import { countNet } from '../nets/index.ts';

export interface StepRequest {
  net: NetDescription;
  batch: number;
  precision: Precision;
  threads: number;
  /** The CPU unless named. */
  device?: Device;
  /** How long to measure, after the first steps. */
  seconds: number;
  seed: number;
}

export interface StepFigures {
  net: string;
  batch: number;
  precision: Precision;
  threads: number;
  device: Device;
  imagesPerSecond: { median: number; min: number; max: number };
  /** 10⁹ floating-point operations a second at the median: forward and twice that backward, 2 for each multiply-add. */
  gflops: number;
  /** From the net's description to a program that runs: tracing twice, and loading the graph. */
  compileMs: number;
  /** Of the first steps, which depend on net, batch, seed, threads and precision only. */
  lossFirst: number;
  lossLast: number;
  /** SHA-256 of all variables after the first steps: equal wherever the bits are. */
  weightsHash: string;
  /** Largest resident memory of the process. */
  peakMegabytes: number;
  /** Steps that were timed. */
  steps: number;
}

/** Steps before the clock runs: TensorFlow chooses and compiles kernels in the first ones. */
const FIRST_STEPS = 5;
/** Batches that are handed over in turn. */
const BATCHES = 4;

/** Low enough that a net on random labels stays finite. */
export const STEP_RATE = 0.01;

const SGD: OptimiserConfig = {
  kind: 'sgd',
  rate: STEP_RATE,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 1e-4,
  decayed: 'all',
  clipNorm: null,
  averaging: null,
  warmupSteps: 0,
  schedule: { kind: 'constant' },
};

export async function measureStep(request: StepRequest): Promise<StepFigures> {
  const { net, batch, precision, threads, device = 'cpu', seconds } = request;
  const tf = await loadTensorFlow({ threads, device });
  const startMs = performance.now();
  const trainer = await createTrainer(tf, request);
  const compileMs = performance.now() - startMs;
  const train = trainingOn(trainer, request);
  const losses = Array.from({ length: FIRST_STEPS }, (_, step) => train(step));
  const weightsHash = hashOfState(trainer);
  const durationsMs = timeSteps(train, seconds);
  trainer.dispose();
  const imagesPerSecond = ratesOf(durationsMs, batch);
  return {
    net: net.name,
    batch,
    precision,
    threads,
    device,
    imagesPerSecond,
    gflops: (6 * countNet(net).macs * imagesPerSecond.median) / 1e9,
    compileMs,
    lossFirst: losses[0] as number,
    lossLast: losses.at(-1) as number,
    weightsHash,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    steps: durationsMs.length,
  };
}

/** A trainer as a run has it, without a dataset. */
export function createTrainer(
  tf: Awaited<ReturnType<typeof loadTensorFlow>>,
  { net, batch, precision, seed }: Pick<StepRequest, 'net' | 'batch' | 'precision' | 'seed'>,
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
    optimiser: SGD,
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
  { net, batch, seed }: Pick<StepRequest, 'net' | 'batch' | 'seed'>,
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

function timeSteps(train: (step: number) => number, seconds: number): number[] {
  const durationsMs: number[] = [];
  const endMs = performance.now() + 1000 * seconds;
  for (let step = FIRST_STEPS; performance.now() < endMs || durationsMs.length === 0; step++) {
    const startMs = performance.now();
    train(step);
    durationsMs.push(performance.now() - startMs);
  }
  return durationsMs;
}

function ratesOf(durationsMs: readonly number[], batch: number): StepFigures['imagesPerSecond'] {
  const rates = durationsMs.map(ms => (1000 * batch) / ms).sort((a, b) => a - b);
  const middle = (rates.length - 1) / 2;
  const median = ((rates[Math.floor(middle)] as number) + (rates[Math.ceil(middle)] as number)) / 2;
  return { median, min: rates[0] as number, max: rates.at(-1) as number };
}

function hashOfState(trainer: Trainer): string {
  const hashes = Object.entries(trainer.state().values).map(([name, values]) => [
    name,
    sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
  return hashOf(Object.fromEntries(hashes));
}

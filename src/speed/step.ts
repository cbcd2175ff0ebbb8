/** The bare compiled training step on random images: how fast, and with which numbers. */
import type { Precision } from '../core/cell-config.ts';
import type { Device } from '../core/experiment.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { median } from '../core/sums.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import type { Trainer } from '../engine/trainer.ts';
import { countNet } from '../nets/index.ts';
import { createTrainer, type Training, trainingOn } from './random-training.ts';

export interface StepRequest extends Training {
  threads: number;
  /** The CPU unless named. */
  device?: Device;
  /** How long to measure, after the first steps. */
  seconds: number;
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
  return { median: median(rates), min: rates[0] as number, max: rates.at(-1) as number };
}

function hashOfState(trainer: Trainer): string {
  const hashes = Object.entries(trainer.state().values).map(([name, values]) => [
    name,
    sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
  return hashOf(Object.fromEntries(hashes));
}

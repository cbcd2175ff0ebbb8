/** What an arm's step costs, where its configuration is known: scales of curves, and axes of charts. */
import type { ExperimentResults } from '../core/results.ts';
import { mean } from '../stats/index.ts';
import { finishedRuns } from './metrics.ts';

export interface ArmCost {
  arm: string;
  parameters: number;
  /** Multiply-adds of one image, forwards. */
  macs: number;
  batch: number;
  trainImages: number;
}

/** Results with what only the plan or the store knows; charts that need what is missing are left out. */
export interface ReportResults extends ExperimentResults {
  costs?: readonly ArmCost[];
  /** Metric → steps of a bucket, of curves that were read in buckets: their points are the buckets' last steps and means. */
  widths?: Readonly<Record<string, number>>;
  /** What was asked for, where runs were chosen by hand and not by one experiment's plan. */
  selection?: readonly string[];
}

/** A training step computes the forward pass and two gradients, and a multiply-add is two operations. */
const FLOPS_PER_MAC = 3 * 2;

/** What one step of an arm is worth on another axis; null where that is not known. */
export interface StepWorth {
  epoch: number | null;
  seconds: number | null;
  images: number | null;
  flops: number | null;
}

/** Seconds are those of training alone, at the mean speed of the arm's finished seeds. */
export function stepWorth(results: ReportResults, arm: string): StepWorth {
  const cost = results.costs?.find(one => one.arm === arm);
  if (cost === undefined) return { epoch: null, seconds: null, images: null, flops: null };
  const { batch, trainImages, macs } = cost;
  const speed = mean(finishedRuns(results, arm).map(run => run.metrics.imagesPerSecond ?? Number.NaN));
  return {
    epoch: batch / trainImages,
    seconds: Number.isFinite(speed) && speed > 0 ? batch / speed : null,
    images: batch,
    flops: FLOPS_PER_MAC * macs * batch,
  };
}

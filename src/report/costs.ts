/** What an arm's step costs, where its configuration is known: scales of curves, and axes of charts. */
import type { ExperimentResults } from '../core/results.ts';
import type { Executed } from './executed.ts';
import type { MachineTypes } from './mixed-machines.ts';
import type { RunClock } from './run-clock.ts';

export interface ArmCost {
  arm: string;
  parameters: number;
  /** Multiply-adds of one image, forwards. */
  macs: number;
  batch: number;
  trainImages: number;
  /** What was solved so that its net is as large as another arm's. */
  matched?: { option: string; value: number; arm: string; count: 'parameters' | 'macs' };
}

/** Results with what only the plan or the store knows; charts that need what is missing are left out. */
export interface ReportResults extends ExperimentResults {
  costs?: readonly ArmCost[];
  /** Metric → steps of a bucket, of curves that were read in buckets: their points are the buckets' last steps and means. */
  widths?: Readonly<Record<string, number>>;
  /** Run → when it came to its steps; of those whose points have times. */
  clocks?: Readonly<Record<string, RunClock>>;
  /** Run → the types of machine that it had. */
  machineTypes?: MachineTypes;
  /** With what its cells were executed, and in words how other runs of the same tier were, which are not shown. */
  executed?: Executed;
  otherExecutions?: readonly string[];
  /** What was asked for, where runs were chosen by hand and not by one experiment's plan. */
  selection?: readonly string[];
}

/** A training step computes the forward pass and two gradients, and a multiply-add is two operations. */
const FLOPS_PER_MAC = 3 * 2;

/** What one step of an arm is worth on another axis; null where that is not known. */
export interface StepWorth {
  epoch: number | null;
  images: number | null;
  flops: number | null;
}

export function stepWorth(results: ReportResults, arm: string): StepWorth {
  const cost = results.costs?.find(one => one.arm === arm);
  if (cost === undefined) return { epoch: null, images: null, flops: null };
  const { batch, trainImages, macs } = cost;
  return { epoch: batch / trainImages, images: batch, flops: FLOPS_PER_MAC * macs * batch };
}

/** When the run came to a step, in seconds of work; NaN without a clock. Before its first and after its last knot: theirs. */
export function secondsAt({ clocks }: ReportResults, run: string, step: number): number {
  const clock = clocks?.[run] ?? [];
  const after = clock.findIndex(knot => knot[0] >= step);
  const [laterStep, later] = clock.at(after) ?? [step, Number.NaN];
  const [earlierStep, earlier] = clock[after - 1] ?? [laterStep, later];
  if (after < 0 || laterStep === earlierStep) return later;
  return earlier + ((later - earlier) * (step - earlierStep)) / (laterStep - earlierStep);
}

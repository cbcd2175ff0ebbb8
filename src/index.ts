/** What a project imports: words to define things with, runs of other training loops, and answers as values. */
import type { Comparison, ComparisonQuestion } from './api/compare.ts';
import type { GateQuestion } from './api/gate.ts';
import type { GateReport } from './gate/index.ts';

export type { Comparison, ComparisonQuestion } from './api/compare.ts';
export type { GateQuestion } from './api/gate.ts';
export type { CellConfigSpec } from './core/cell-config.ts';
export {
  type DatasetDefinition,
  defineDataset,
  type ImageSet,
  type LoadedDataset,
  setInMemory,
} from './core/dataset.ts';
export { UserError } from './core/errors.ts';
export {
  type Claim,
  defineCounts,
  defineExperiment,
  type Experiment,
  type ExperimentSpec,
  type TierSpec,
} from './core/experiment.ts';
export { defineNet, type Layer, type NetDefinition, type NetInput, type Shape } from './core/net.ts';
export type { Check, GateReport } from './gate/index.ts';
/** Constructors of layers, from which a net's `build` is made: each infers the shape of its output. */
export * as layers from './nets/_layers.ts';
export { defineConfig } from './runner/bench-config.ts';
export { slurm } from './runner/slurm/settings.ts';
export { type TfjsCallbacks, type TrackedRun, type TrackOptions, track } from './track/index.ts';

/**
 * Compares two arms of what is recorded in the working folder, runs of `track()` among them. The interval is that of the
 * mean of paired differences (Student 1908), the permutation p that of sign flips (Fisher 1935). Such a comparison is
 * made after the fact: of many pairs some stand out by chance. The claims of an experiment are set beforehand.
 *
 * Throws a `UserError` of one line if nothing was run, an arm is unknown, the two share no seed with that metric, or a
 * run never came to the value whose steps are asked for.
 */
export async function compare(question: ComparisonQuestion): Promise<Comparison> {
  return (await import('./api/compare.ts')).compareArms(question);
}

/**
 * Judges what is recorded of an experiment with the present code against a baseline, and trains nothing: what
 * `bench gate --no-run` does. Each check has the worsening in its metric's own unit (positive is worse) and the Student t
 * interval over pairs of equal seeds: *pass* where all of it lies within the margin, *fail* where all of it lies beyond
 * (after Holm 1979, for as many checks as there are), else *inconclusive*; *incomparable* where figures are missing or
 * belong to another question.
 *
 * Throws a `UserError` of one line if the experiment or the baseline is unknown or cannot be read.
 */
export async function gate(question: GateQuestion): Promise<GateReport> {
  return (await import('./api/gate.ts')).judgeRecorded(question);
}

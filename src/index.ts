/** What a spec imports: the words to define things with, and their types. */
export { type DatasetDefinition, defineDataset } from './core/dataset.ts';
export { defineCounts, defineExperiment, type Experiment } from './core/experiment.ts';
export { defineNet, type NetDefinition } from './core/net.ts';
export { defineConfig } from './runner/bench-config.ts';
export { slurm } from './runner/slurm/settings.ts';
export { type TfjsCallbacks, type TrackedRun, type TrackOptions, track } from './track/index.ts';

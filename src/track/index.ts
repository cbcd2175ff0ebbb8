import { TrackedRun, type TrackOptions } from './run.ts';
import { tfjsCallbacks } from './tfjs.ts';

export type { TfjsCallbacks } from './tfjs.ts';
export type { TrackedRun, TrackOptions };

/**
 * Records a training loop of your own as a run of this project: `bench list`, `bench show` and the statistics see it.
 *
 *     const run = track({ experiment: 'shortcuts', arm: 'plain', seed: 1, config: { rate: 0.1 } });
 *     for (const batch of batches) run.log({ 'train.loss': await step(batch) });
 *     run.finish();
 *
 * Throws a `UserError` of one line if an option is wrong or the folder cannot be written.
 */
export const track: ((options: TrackOptions) => TrackedRun) & { tfjs: typeof tfjsCallbacks } = Object.assign(
  (options: TrackOptions): TrackedRun => new TrackedRun(options ?? {}),
  { tfjs: tfjsCallbacks },
);

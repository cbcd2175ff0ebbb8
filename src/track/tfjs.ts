import type { TrackedRun } from './run.ts';

/** The part of tfjs's callback arguments that `model.fit` and `fitDataset` take. */
export interface TfjsCallbacks {
  onBatchEnd(batch: number, logs?: object): void;
  onEpochEnd(epoch: number, logs?: object): void;
}

/**
 * For `model.fit(x, y, { callbacks: track.tfjs(run) })`. After each batch its figures are logged as `train.loss`, …; after
 * each epoch those of validation as `val.loss`, … and the epoch's means as `epoch.loss`, …, at the step of its last batch.
 */
export function tfjsCallbacks(run: TrackedRun): TfjsCallbacks {
  let step = 0;
  return {
    onBatchEnd: (_batch, logs = {}) => {
      step++;
      run.log(
        named(logs, name => (name === 'batch' || name === 'size' ? null : `train.${name}`)),
        step,
      );
    },
    onEpochEnd: (_epoch, logs = {}) => {
      run.log(
        named(logs, name => (name.startsWith('val_') ? `val.${name.slice(4)}` : `epoch.${name}`)),
        step,
      );
    },
  };
}

/** tfjs gives plain numbers here; what is none is not a figure. */
function named(logs: object, rename: (name: string) => string | null): Record<string, number> {
  const renamed = Object.entries(logs).map(([name, value]) => [rename(name), value]);
  return Object.fromEntries(renamed.filter(([name, value]) => name !== null && typeof value === 'number'));
}

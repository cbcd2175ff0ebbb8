/** A run by the beginning of its id: its folder, and what it has learnt. */
import { EXIT, UserError } from '../../core/errors.ts';
import { runDir } from '../../core/places.ts';
import { evaluatedWeights } from '../../engine/evaluated-weights.ts';
import { newestCheckpoint } from '../../runner/checkpoints.ts';
import { type RunSpec, readRunSpec } from '../../runner/run-folder.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { tell } from '../output/tell.ts';
import { findOwnRun } from './own-run.ts';

interface TrainedRun extends RunSpec {
  /** Of the checkpoint: the last one may be older than the run's end. */
  step: number;
  /** By our names: those that evaluation uses. */
  weights: Record<string, Float32Array>;
}

export function readTrainedRun(idPrefix: string): TrainedRun {
  const folder = folderOfRun(idPrefix);
  const spec = readRunSpec(folder);
  const newest = newestCheckpoint(folder, spec.cell.identity, tell);
  if (newest === undefined) throw withoutCheckpoint(folder, spec.run);
  const { step, values } = newest.checkpoint;
  return { ...spec, step, weights: evaluatedWeights(values) };
}

export function folderOfRun(idPrefix: string): string {
  const store = openRecordedStore();
  if (store === null)
    throw new UserError(`there are no runs here, so none is "${idPrefix}".`, { exitCode: EXIT.noData });
  try {
    return runDir(findOwnRun(store, idPrefix, 'checkpoint and no predictions').id);
  } finally {
    store.close();
  }
}

const withoutCheckpoint = (folder: string, run: string): UserError =>
  new UserError(`run ${run} has no checkpoint in ${folder}: it ended before its first one was due.`, {
    exitCode: EXIT.noData,
  });

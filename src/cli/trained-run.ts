/** A run by the beginning of its id: its folder, and what it has learnt. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import { runDir, runFiles } from '../core/places.ts';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import { type RunSpec, readRunSpec } from '../runner/run-folder.ts';
import { findRun } from '../tracking/queries.ts';
import { openRecordedStore } from './recorded-store.ts';

interface TrainedRun extends RunSpec {
  /** Of the checkpoint: the last one may be older than the run's end. */
  step: number;
  /** By our names: those that evaluation uses. */
  weights: Record<string, Float32Array>;
}

export function readTrainedRun(idPrefix: string): TrainedRun {
  const folder = folderOfRun(idPrefix);
  const spec = readRunSpec(folder);
  const { step, values } = readCheckpoint(checkpointOf(folder, spec.run), spec.cell.identity);
  return { ...spec, step, weights: evaluatedWeights(values) };
}

export function folderOfRun(idPrefix: string): string {
  const store = openRecordedStore();
  if (store === null)
    throw new UserError(`there are no runs here, so none is "${idPrefix}".`, { exitCode: EXIT.noData });
  try {
    return runDir(findRun(store, idPrefix).id);
  } finally {
    store.close();
  }
}

function checkpointOf(folder: string, run: string): string {
  const path = join(folder, runFiles.checkpoint);
  if (existsSync(path)) return path;
  throw new UserError(`run ${run} has no checkpoint: it ended before its first one was due. Expected ${path}.`, {
    exitCode: EXIT.noData,
  });
}

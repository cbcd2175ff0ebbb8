/** From a run's checkpoint to the weights that its evaluations use, by whatever names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../core/errors.ts';
import { runDir, runFiles } from '../core/places.ts';
import { pick } from '../core/registry.ts';
import { findDataset } from '../data/index.ts';
import { readCheckpoint } from '../engine/checkpoint.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import { writeSafetensors } from '../engine/safetensors.ts';
import { exportWeights, type FamilyNet, NAMINGS, type NamingName } from '../engine/weight-maps/index.ts';
import { allNets, describeNet } from '../nets/index.ts';
import { type RunSpec, readRunSpec } from '../runner/run-folder.ts';
import { findRun } from '../tracking/queries.ts';
import { openRecordedStore } from './recorded-store.ts';

export interface ExportedRun {
  file: string;
  run: string;
  /** Of the checkpoint: the last one may be older than the run's end. */
  step: number;
  /** Of the whole run. */
  steps: number;
  net: string;
  names: NamingName;
  tensors: number;
}

export async function exportRun(idPrefix: string, names: NamingName, out: string): Promise<ExportedRun> {
  const folder = runDir(resolveRun(idPrefix));
  const { run, cell } = readRunSpec(folder);
  const of = await netOf(cell.config);
  const { step, values } = readCheckpoint(checkpointOf(folder, run), cell.identity);
  const tensors = exportWeights(evaluatedWeights(values), of, names);
  const { name: net, options } = of.net;
  const made = { net, options: JSON.stringify(options), run, step: String(step) };
  writeSafetensors(out, tensors, { ...made, ...NAMINGS[names].metadata });
  return { file: out, run, step, steps: cell.config.steps, net, names, tensors: Object.keys(tensors).length };
}

function resolveRun(idPrefix: string): string {
  const store = openRecordedStore();
  if (store === null)
    throw new UserError(`there are no runs here, so none is "${idPrefix}".`, { exitCode: EXIT.noData });
  try {
    return findRun(store, idPrefix).id;
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

async function netOf({ net, options, dataset }: RunSpec['cell']['config']): Promise<FamilyNet> {
  const definition = pick('net', net, await allNets());
  const { shape, classes } = await findDataset(dataset);
  return { family: definition.family, net: describeNet(definition, options, { shape, classes: classes.length }) };
}

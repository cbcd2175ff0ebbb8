/** From a run's checkpoint to the weights that its evaluations use, by whatever names. */
import { inputShape } from '../../core/input.ts';
import { pick } from '../../core/registry.ts';
import { findDataset } from '../../data/index.ts';
import { writeSafetensors } from '../../engine/safetensors.ts';
import { exportWeights, type FamilyNet, NAMINGS, type NamingName } from '../../engine/weight-maps/index.ts';
import { allNets, describeNet } from '../../nets/index.ts';
import type { RunSpec } from '../../runner/run-folder.ts';
import { readTrainedRun } from './trained-run.ts';

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
  const { run, cell, step, weights } = readTrainedRun(idPrefix);
  const of = await netOf(cell.config);
  const tensors = exportWeights(weights, of, names);
  const { name: net, options } = of.net;
  const made = { net, options: JSON.stringify(options), run, step: String(step) };
  writeSafetensors(out, tensors, { ...made, ...NAMINGS[names].metadata });
  return { file: out, run, step, steps: cell.config.steps, net, names, tensors: Object.keys(tensors).length };
}

async function netOf({ net, options, dataset, input }: RunSpec['cell']['config']): Promise<FamilyNet> {
  const definition = pick('net', net, await allNets());
  const { shape: stored, classes } = await findDataset(dataset);
  const shape = inputShape(stored, input);
  return { family: definition.family, net: describeNet(definition, options, { shape, classes: classes.length }) };
}

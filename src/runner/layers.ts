/** What the layers of a run's net did at its first weights and at its last, on the first batch that it was trained on. */
import { refusal } from '../core/errors.ts';
import type { RunLayers } from '../core/layer-figures.ts';
import { trainingBatches } from '../data/index.ts';
import type { TensorFlow } from '../engine/backend.ts';
import { dropoutSeeds } from '../engine/dropout-seeds.ts';
import { initialValues } from '../engine/initialise.ts';
import { layerFigures } from '../engine/layer-figures.ts';
import { findNet } from '../nets/index.ts';
import { loadCellData } from './cell-data.ts';
import { newestCheckpoint } from './checkpoints.ts';
import { readRunSpec } from './run-folder.ts';
import { startWeights } from './warm-start.ts';

/** Throws one line if the run has no checkpoint, or its data is not here. */
export async function layersOfRun(tf: TensorFlow, folder: string, say: (line: string) => void): Promise<RunLayers> {
  const spec = readRunSpec(folder);
  const { config, seed, arm, identity } = spec.cell;
  const newest = newestCheckpoint(folder, identity, say);
  if (newest === undefined) throw refusal(`run ${spec.run} has no checkpoint in ${folder}.`);
  const { dataset, train, trainImages, format } = await loadCellData(config);
  const net = await findNet(config.net, config.options, { shape: format.shape, classes: dataset.classes.length });
  const { input, batch, loss } = config;
  const { images, labels } = trainingBatches({ dataset, train, count: trainImages, input, batch, seed })(0);
  const looked = { net, loss, images, labels, seeds: dropoutSeeds(net, seed, 0) };
  const first = { ...initialValues(net, seed), ...startWeights(spec, net) };
  const { step, values } = newest.checkpoint;
  const figuresOf = (weights: Record<string, Float32Array>) => layerFigures(tf, { ...looked, weights });
  return { run: spec.run, arm, seed, step, start: figuresOf(first), end: figuresOf(values) };
}

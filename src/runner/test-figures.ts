/** The end of a cell: every test procedure of its configuration, on the whole test set. */
import type { NetDescription } from '../core/net.ts';
import { DEFAULT_PROCEDURES } from '../core/procedure.ts';
import type { TensorFlow } from '../engine/backend.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import type { Trainer } from '../engine/trainer.ts';
import type { CellData } from './cell-data.ts';
import { evaluationBatch } from './evaluate.ts';
import { lesionFigures } from './lesions.ts';
import { runProcedure } from './procedures/index.ts';
import type { RunSpec } from './run-folder.ts';

export interface Tested {
  tf: TensorFlow;
  trainer: Trainer;
  net: NetDescription;
  data: CellData;
}

/**
 * Writes the predictions of each procedure to the run's folder and gives `test.PROCEDURE.*`. The single crop's figures
 * have no name of their own: they are the last evaluation's. Lesions come last.
 */
export async function testFigures(
  tested: Tested,
  { run, cell }: RunSpec,
  folder: string,
): Promise<Record<string, number>> {
  const { tf, trainer, net, data } = tested;
  const { dataset, format } = data;
  const { precision, steps: step, evaluate } = cell.config;
  const weights = () => evaluatedWeights(trainer.state().values);
  const predict = (images: Float32Array) => trainer.predict(images);
  const trained = { tf, net, format, precision, batch: evaluationBatch(net.input), predict, weights };
  const { name, fingerprint, classes } = dataset;
  const about = { run, step, dataset: name, fingerprint, classes, folder };
  const figures: Record<string, number> = {};
  for (const procedure of evaluate.procedures ?? DEFAULT_PROCEDURES) {
    const means = await runProcedure(procedure, trained, dataset.test, about);
    if (procedure.kind === 'single-crop') continue;
    for (const [name, mean] of Object.entries(means)) figures[`test.${procedure.kind}.${name}`] = mean;
  }
  const lesions = evaluate.lesions === 'all' ? dataset.test.count : (evaluate.lesions ?? 0);
  return lesions === 0 ? figures : { ...figures, ...(await lesionFigures(tested, lesions)) };
}

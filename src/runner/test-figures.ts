/** The end of a cell: every test procedure of its configuration, on the whole test set. */
import type { LoadedDataset } from '../core/dataset.ts';
import type { NetDescription } from '../core/net.ts';
import { PredictionsEncoder, predictionsPath, writePredictions } from '../core/predictions.ts';
import type { TensorFlow } from '../engine/backend.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import type { Trainer } from '../engine/trainer.ts';
import type { CellData } from './cell-data.ts';
import { evaluationBatch } from './evaluate.ts';
import { lesionFigures } from './lesions.ts';
import { type Pause, runProcedure } from './procedures/index.ts';
import type { RunSpec } from './run-folder.ts';

const SINGLE_CROP = 'single-crop';

export interface Tested {
  tf: TensorFlow;
  trainer: Trainer;
  net: NetDescription;
  data: CellData;
  /** Throws if the work is to end. */
  pause: Pause;
}

/**
 * Writes the predictions of each procedure to the run's folder and gives `test.PROCEDURE.*`. The single crop is the last
 * evaluation's, which has kept what was said. Lesions come last.
 */
export async function testFigures(tested: Tested, spec: RunSpec, folder: string): Promise<Record<string, number>> {
  const { tf, trainer, net, data } = tested;
  const { dataset, format } = data;
  const { precision, evaluate } = spec.cell.config;
  const weights = () => evaluatedWeights(trainer.state().values);
  const predict = (images: Float32Array) => trainer.predict(images);
  const trained = { tf, net, format, precision, batch: evaluationBatch(net.input), predict, weights };
  const about = { ...aboutTest(spec, dataset), folder };
  const figures: Record<string, number> = {};
  for (const procedure of evaluate.procedures) {
    if (procedure.kind === 'single-crop') continue;
    const means = await runProcedure(procedure, trained, dataset.test, about, tested.pause);
    for (const [name, mean] of Object.entries(means)) figures[`test.${procedure.kind}.${name}`] = mean;
  }
  const lesions = evaluate.lesions === 'all' ? dataset.test.count : (evaluate.lesions ?? 0);
  return lesions === 0 ? figures : { ...figures, ...(await lesionFigures(tested, lesions)) };
}

/** Collects what the last evaluation says of the test set, image by image; nothing if nobody asks for the single crop. */
export function keptPredictions(
  { folder, spec }: { folder: string; spec: RunSpec },
  dataset: LoadedDataset,
): { add(index: number, probabilities: Float32Array): void; write(): void } | undefined {
  if (!spec.cell.config.evaluate.procedures.some(({ kind }) => kind === SINGLE_CROP)) return undefined;
  const encoder = new PredictionsEncoder({ ...aboutTest(spec, dataset), procedure: SINGLE_CROP });
  return {
    add: (index, probabilities) => encoder.add(dataset.test.labels[index] as number, probabilities),
    write: () => writePredictions(predictionsPath(folder, SINGLE_CROP), encoder),
  };
}

function aboutTest({ run, cell }: RunSpec, { name, fingerprint, classes }: LoadedDataset) {
  return { run, step: cell.config.steps, dataset: name, fingerprint, classes };
}

/** The end of a cell: every test procedure of its configuration, on the whole test set. */
import type { LoadedDataset } from '../core/dataset.ts';
import type { NetDescription } from '../core/net.ts';
import { predictionsPath } from '../core/predictions.ts';
import type { TensorFlow } from '../engine/backend.ts';
import { evaluatedWeights } from '../engine/evaluated-weights.ts';
import type { Trainer } from '../engine/trainer.ts';
import type { CellData } from './cell-data.ts';
import { evaluationBatch } from './evaluate.ts';
import { lesionFigures } from './lesions.ts';
import { averageSnapshots, type Pause, runProcedure, snapshotPath, snapshotSteps, Tally } from './procedures/index.ts';
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
    const means =
      procedure.kind === 'snapshots'
        ? averageSnapshots(spec.cell.config, folder)
        : await runProcedure(procedure, trained, dataset.test, about, tested.pause);
    for (const [name, mean] of Object.entries(means)) figures[`test.${procedure.kind}.${name}`] = mean;
  }
  const lesions = evaluate.lesions === 'all' ? dataset.test.count : (evaluate.lesions ?? 0);
  return lesions === 0 ? figures : { ...figures, ...(await lesionFigures(tested, lesions)) };
}

/** Collects what an evaluation says of the test set, image by image, if a procedure asks for it. */
export function keptPredictions(
  { folder, spec }: { folder: string; spec: RunSpec },
  dataset: LoadedDataset,
  step: number,
): { add(index: number, probabilities: Float32Array): void; write(): void } | undefined {
  const { config } = spec.cell;
  const isLast = step === config.steps && config.evaluate.procedures.some(({ kind }) => kind === SINGLE_CROP);
  const paths = isLast ? [predictionsPath(folder, SINGLE_CROP)] : [];
  if (snapshotSteps(config).includes(step)) paths.push(snapshotPath(folder, step));
  if (paths.length === 0) return undefined;
  const tally = new Tally({ ...aboutTest(spec, dataset), procedure: SINGLE_CROP, step });
  return {
    add: (index, probabilities) => tally.add(dataset.test.labels[index] as number, probabilities),
    write: () => {
      for (const path of paths) tally.write(path);
    },
  };
}

function aboutTest({ run, cell }: RunSpec, { name, fingerprint, classes }: LoadedDataset) {
  return { run, step: cell.config.steps, dataset: name, fingerprint, classes };
}

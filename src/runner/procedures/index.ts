import type { ImageSet } from '../../core/dataset.ts';
import { type PredictionsAbout, predictionsPath } from '../../core/predictions.ts';
import type { ViewProcedure } from '../../core/procedure.ts';
import { averageViews, type Pause } from './average.ts';
import { eyesOf, type TrainedNet } from './eyes.ts';
import { type ProcedureFigures, Tally } from './tally.ts';

export { averageViews, type Pause } from './average.ts';
export { type Eye, eyesOf, type TrainedNet } from './eyes.ts';
export { averageSnapshots, snapshotPath, snapshotSteps } from './snapshots.ts';
export { Means, type ProcedureFigures, Tally } from './tally.ts';

/** Predicts a test set by one procedure, keeps what was said of each image in the run's folder, and sums it up. */
export async function runProcedure(
  procedure: ViewProcedure,
  trained: TrainedNet,
  set: ImageSet,
  { folder, ...about }: Omit<PredictionsAbout, 'procedure'> & { folder: string },
  pause?: Pause,
): Promise<ProcedureFigures> {
  const tally = new Tally({ ...about, procedure: procedure.kind });
  const eyes = await eyesOf(procedure, trained);
  try {
    const onImage = (index: number, row: Float32Array): void => tally.add(set.labels[index] as number, row);
    await averageViews(set, eyes, about.classes.length, onImage, pause);
  } finally {
    for (const eye of eyes) eye.dispose();
  }
  tally.write(predictionsPath(folder, procedure.kind));
  return tally.figures();
}

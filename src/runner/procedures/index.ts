import type { ImageSet } from '../../core/dataset.ts';
import {
  type PredictionsAbout,
  PredictionsEncoder,
  predictionsPath,
  writePredictions,
} from '../../core/predictions.ts';
import type { Procedure } from '../../core/procedure.ts';
import { isMiss, lossOf, rankOf } from '../../core/ranking.ts';
import { averageViews, type Pause } from './average.ts';
import { eyesOf, type TrainedNet } from './eyes.ts';

export { averageViews, type Pause } from './average.ts';
export { type Eye, eyesOf, type TrainedNet } from './eyes.ts';

/** Means over the test set: loss in nats, errors as shares. */
type ProcedureFigures = Record<'loss' | 'top1' | 'top5', number>;

/** Predicts a test set by one procedure, keeps what was said of each image in the run's folder, and sums it up. */
export async function runProcedure(
  procedure: Procedure,
  trained: TrainedNet,
  set: ImageSet,
  { folder, ...about }: Omit<PredictionsAbout, 'procedure'> & { folder: string },
  pause?: Pause,
): Promise<ProcedureFigures> {
  const encoder = new PredictionsEncoder({ ...about, procedure: procedure.kind });
  const sums = { loss: 0, top1: 0, top5: 0 };
  const eyes = await eyesOf(procedure, trained);
  try {
    const onImage = (index: number, probabilities: Float32Array): void => {
      const label = set.labels[index] as number;
      const rank = rankOf(probabilities, label);
      sums.loss += lossOf(probabilities, label);
      sums.top1 += Number(isMiss(rank, 1));
      sums.top5 += Number(isMiss(rank, 5));
      encoder.add(label, probabilities);
    };
    await averageViews(set, eyes, about.classes.length, onImage, pause);
  } finally {
    for (const eye of eyes) eye.dispose();
  }
  writePredictions(predictionsPath(folder, procedure.kind), encoder);
  return { loss: sums.loss / set.count, top1: sums.top1 / set.count, top5: sums.top5 / set.count };
}

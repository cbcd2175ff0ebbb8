import type { Predictions } from '../core/predictions.ts';
import { isMiss } from '../core/ranking.ts';
import { calibrationError, type ReliabilityRow, reliability } from './calibration.ts';
import { type ConfusionMatrix, confusionMatrix } from './confusion.ts';
import { exactInterval } from './exact-interval.ts';
import type { Interval } from './interval.ts';

/** A rate of errors with its exact 95 % interval. */
export interface ErrorRate {
  wrong: number;
  images: number;
  rate: number;
  interval: Interval | null;
}

export interface TestSetFigures {
  images: number;
  /** Mean, in nats. */
  loss: number;
  top1: ErrorRate;
  top5: ErrorRate;
  /** ECE, 15 bins of equal width, and its bins. */
  calibrationError: number;
  reliability: readonly ReliabilityRow[];
  /** Top-1 error of each class, in the order of the classes. */
  classes: readonly (ErrorRate & { name: string })[];
  /** [is][taken for] */
  confusion: ConfusionMatrix;
}

export function testSetFigures(predictions: Predictions): TestSetFigures {
  const { about, count, labels, chosen, losses } = predictions;
  const rows = reliability(
    confidencesOf(predictions),
    Array.from(labels, (label, i) => label === chosen[i]),
  );
  return {
    images: count,
    loss: losses.reduce((sum, loss) => sum + loss, 0) / count,
    top1: errorRate(wrongAt(predictions, 1)),
    top5: errorRate(wrongAt(predictions, 5)),
    calibrationError: calibrationError(rows),
    reliability: rows,
    classes: classErrors(predictions),
    confusion: confusionMatrix(labels, chosen, about.classes.length),
  };
}

/** Of each image, whether its class is not among the k best. */
export function wrongAt({ ranks }: Predictions, k: number): boolean[] {
  return Array.from(ranks, rank => isMiss(rank, k));
}

function confidencesOf({ count, chosen, probabilities }: Predictions): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => probabilities(i)[chosen[i] as number] as number);
}

function classErrors(predictions: Predictions): TestSetFigures['classes'] {
  const wrong = wrongAt(predictions, 1);
  const ofClass: boolean[][] = predictions.about.classes.map(() => []);
  for (const [i, label] of predictions.labels.entries()) ofClass[label]?.push(wrong[i] as boolean);
  return predictions.about.classes.map((name, index) => ({ name, ...errorRate(ofClass[index] as boolean[]) }));
}

function errorRate(all: readonly boolean[]): ErrorRate {
  const wrong = all.filter(Boolean).length;
  return { wrong, images: all.length, rate: wrong / all.length, interval: exactInterval(wrong, all.length) };
}

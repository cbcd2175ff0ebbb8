import type { LoadedDataset } from '../core/dataset.ts';
import { fillBatch, labelsOf } from '../data/index.ts';
import type { Trainer } from '../engine/trainer.ts';

/** Images of one evaluation batch. */
export const EVALUATION_BATCH = 500;

/** Means over the first `count` test images. */
export function evaluate(trainer: Trainer, dataset: LoadedDataset, count: number): Record<string, number> {
  const sums = { loss: 0, top1: 0, top5: 0 };
  for (let from = 0; from < count; from += EVALUATION_BATCH) {
    const batch = evaluateBatch(trainer, dataset, from, Math.min(EVALUATION_BATCH, count - from));
    for (const key of ['loss', 'top1', 'top5'] as const) sums[key] += batch[key];
  }
  return { 'test.loss': sums.loss / count, 'test.top1': sums.top1 / count, 'test.top5': sums.top5 / count };
}

/** The last batch is filled up with its first image, at weight 0. */
function evaluateBatch(trainer: Trainer, { test, shape, mean, std }: LoadedDataset, from: number, size: number) {
  const indices = Uint32Array.from({ length: EVALUATION_BATCH }, (_, i) => (i < size ? from + i : from));
  const weights = Float32Array.from({ length: EVALUATION_BATCH }, (_, i) => (i < size ? 1 : 0));
  const images = new Float32Array(EVALUATION_BATCH * shape[0] * shape[1] * shape[2]);
  fillBatch(test, shape, indices, mean, std, images);
  return trainer.evaluate(images, labelsOf(test, indices), weights);
}

import type { ImageSet } from '../core/dataset.ts';
import { sizeOf } from '../core/parameters.ts';
import { fillBatch, type InputFormat, labelsOf } from '../data/index.ts';
import type { Trainer } from '../engine/trainer.ts';

/** Images of one evaluation batch. */
export const EVALUATION_BATCH = 500;

/** Means over the first `count` images of a set, the middle of each picture: `loss`, `top1`, `top5`. */
export function evaluate(
  trainer: Trainer,
  set: ImageSet,
  format: InputFormat,
  count: number,
): Record<'loss' | 'top1' | 'top5', number> {
  const sums = { loss: 0, top1: 0, top5: 0 };
  for (let from = 0; from < count; from += EVALUATION_BATCH) {
    const batch = evaluateBatch(trainer, set, format, from, Math.min(EVALUATION_BATCH, count - from));
    for (const key of ['loss', 'top1', 'top5'] as const) sums[key] += batch[key];
  }
  return { loss: sums.loss / count, top1: sums.top1 / count, top5: sums.top5 / count };
}

/** The last batch is filled up with its first image, at weight 0. */
function evaluateBatch(trainer: Trainer, set: ImageSet, format: InputFormat, from: number, size: number) {
  const indices = Uint32Array.from({ length: EVALUATION_BATCH }, (_, i) => (i < size ? from + i : from));
  const weights = Float32Array.from({ length: EVALUATION_BATCH }, (_, i) => (i < size ? 1 : 0));
  const images = new Float32Array(EVALUATION_BATCH * sizeOf(format.shape));
  fillBatch(set, indices, format, images);
  return trainer.evaluate(images, labelsOf(set, indices), weights);
}

import type { ImageSet } from '../core/dataset.ts';
import type { Shape } from '../core/net.ts';
import { sizeOf } from '../core/parameters.ts';
import { fillBatch, type InputFormat, labelsOf } from '../data/index.ts';
import type { Trainer } from '../engine/trainer.ts';
import type { Heartbeat } from './heartbeat.ts';

/** Values of one evaluation batch: 500 images of 32×32×3, and ten of 224×224×3, whose activations fill gigabytes. */
const MOST_VALUES = 500 * 32 * 32 * 3;
const MOST_IMAGES = 500;

/** Images of one evaluation batch, for a net that sees images of this shape. */
export function evaluationBatch(shape: Shape): number {
  return Math.max(1, Math.min(MOST_IMAGES, Math.floor(MOST_VALUES / sizeOf(shape))));
}

/**
 * Means over the first `count` images of a set, the middle of each picture: `loss`, `top1`, `top5`. `onImage` gets what the
 * net says of each, in their order.
 */
export function evaluate(
  trainer: Trainer,
  set: ImageSet,
  format: InputFormat,
  count: number,
  heartbeat: Heartbeat,
  onImage: (index: number, probabilities: Float32Array) => void = () => {},
): Record<'loss' | 'top1' | 'top5', number> {
  const sums = { loss: 0, top1: 0, top5: 0 };
  const size = evaluationBatch(format.shape);
  for (let from = 0; from < count; from += size) {
    const filled = Math.min(size, count - from);
    const batch = evaluateBatch(trainer, set, format, { from, size, filled });
    for (const key of ['loss', 'top1', 'top5'] as const) sums[key] += batch[key];
    const classes = batch.probabilities.length / size;
    for (let i = 0; i < filled; i++) onImage(from + i, batch.probabilities.subarray(i * classes, (i + 1) * classes));
    heartbeat.beatIfDue();
  }
  return { loss: sums.loss / count, top1: sums.top1 / count, top5: sums.top5 / count };
}

/** The last batch is filled up with its first image, at weight 0. */
function evaluateBatch(
  trainer: Trainer,
  set: ImageSet,
  format: InputFormat,
  { from, size, filled }: { from: number; size: number; filled: number },
) {
  const indices = Uint32Array.from({ length: size }, (_, i) => (i < filled ? from + i : from));
  const weights = Float32Array.from({ length: size }, (_, i) => (i < filled ? 1 : 0));
  const images = new Float32Array(size * sizeOf(format.shape));
  fillBatch(set, indices, format, images);
  return trainer.evaluate(images, labelsOf(set, indices), weights);
}

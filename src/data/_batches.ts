/** Which images a step sees, and how they become numbers. Everything follows from (seed, step): a resume needs no more. */
import type { ImageSet } from '../core/dataset.ts';
import { permutation, stream } from '../core/random.ts';

let lastOrder: { key: string; order: Uint32Array } | undefined;

/**
 * Indices of step `step` (0 is the first). Each epoch visits all `count` images once in an order of its own; a batch at
 * the end of one goes on with the next, so every step has exactly `batch` images.
 */
export function batchIndices(seed: number, step: number, batch: number, count: number): Uint32Array {
  return Uint32Array.from({ length: batch }, (_, i) => {
    const position = step * batch + i;
    return epochOrder(seed, Math.floor(position / count), count)[position % count] as number;
  });
}

/** Normalised float32 images [indices, …shape], written to `out`. */
export function fillBatch(
  set: ImageSet,
  shape: readonly [number, number, number],
  indices: Uint32Array,
  mean: readonly number[],
  std: readonly number[],
  out: Float32Array,
): void {
  const size = shape[0] * shape[1] * shape[2];
  requireRoom(out, indices.length * size);
  const channels = shape[2];
  const tables = mean.map((m, channel) => normalisationTable(m, std[channel] as number));
  for (const [i, index] of indices.entries()) {
    const { pixels } = set.image(index);
    const to = i * size;
    for (const [channel, table] of tables.entries())
      for (let p = channel; p < size; p += channels) out[to + p] = table[pixels[p] as number] as number;
  }
}

export function labelsOf({ labels }: ImageSet, indices: Uint32Array): Int32Array {
  return Int32Array.from(indices, index => labels[index] as number);
}

/** A write past the end of a typed array is silently lost. */
function requireRoom(out: Float32Array, values: number): void {
  if (out.length !== values) throw new RangeError(`expected room for ${values} values, got ${out.length}`);
}

/** A pixel has 256 values: each is normalised once. */
function normalisationTable(mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / std);
}

/** Of the newest epoch only: steps ask for them in order. */
function epochOrder(seed: number, epoch: number, count: number): Uint32Array {
  const key = `${seed} ${epoch} ${count}`;
  if (lastOrder?.key !== key) lastOrder = { key, order: permutation(count, stream(seed, 'order', epoch)) };
  return lastOrder.order;
}

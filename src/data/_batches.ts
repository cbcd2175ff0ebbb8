/** Which images a step sees, and how they become numbers. Everything follows from (seed, step): a resume needs no more. */
import type { ImageSet, LoadedDataset } from '../core/dataset.ts';
import type { InputConfig } from '../core/input.ts';
import { sizeOf } from '../core/parameters.ts';
import { stream } from '../core/random.ts';
import { type InputFormat, inputFormat } from './augment/format.ts';
import { drawsOf } from './augment/kinds.ts';
import { epochOrder } from './augment/order.ts';
import { SeekableStream } from './augment/philox.ts';
import { placeWindow } from './augment/place.ts';
import { colourChanges } from './augment/recolour.ts';
import { centralWindow, fillPlaced, type Recolour } from './augment/windows.ts';

/** What a run trains on. */
interface TrainingInput {
  dataset: Pick<LoadedDataset, 'shape' | 'mean' | 'std'>;
  /** The first `count` of these are trained on. */
  train: ImageSet;
  count: number;
  input: InputConfig;
  batch: number;
  seed: number;
}

/** Images [batch, …shape] float32 and their class indices. */
export interface Batch {
  /** Overwritten by the next step's. */
  images: Float32Array;
  labels: Int32Array;
}

/** Gives the batch of any step (0 is the first). What is drawn for an image depends on seed, epoch and image only. */
export function trainingBatches(training: TrainingInput): (step: number) => Batch {
  const { dataset, train, count, input, batch, seed } = training;
  const format = inputFormat(dataset, input);
  const images = new Float32Array(batch * sizeOf(format.shape));
  const changes = colourChanges(input.augment, train);
  return step => {
    const indices = batchIndices(seed, step, batch, count, input.shuffle);
    const drawsAt = (i: number): SeekableStream => epochDraws(seed, Math.floor((step * batch + i) / count));
    const recolour: Recolour = (image, i) => {
      for (const { kind, apply } of changes) apply(image, drawsOf(drawsAt(i), indices[i] as number, kind));
    };
    fillPlaced(
      train,
      indices,
      format,
      images,
      (stored, i) => placeWindow(indices[i] as number, stored, input.augment, format, drawsAt(i)),
      changes.length > 0 ? recolour : undefined,
    );
    return { images, labels: labelsOf(train, indices) };
  };
}

/**
 * Indices of step `step` (0 is the first). Each epoch visits all `count` images once in an order of its own; a batch at
 * the end of one goes on with the next, so every step has exactly `batch` images.
 */
export function batchIndices(
  seed: number,
  step: number,
  batch: number,
  count: number,
  shuffle: InputConfig['shuffle'] = 'thorough',
): Uint32Array {
  const indices = new Uint32Array(batch);
  for (let done = 0; done < batch; ) {
    const position = step * batch + done;
    const order = epochOrder(seed, Math.floor(position / count), count, shuffle);
    const part = order.subarray(position % count, (position % count) + batch - done);
    indices.set(part, done);
    done += part.length;
  }
  return indices;
}

/** The middle of each picture, as evaluation sees it, written to `out` [indices, …shape]. */
export function fillBatch(set: ImageSet, indices: Uint32Array, format: InputFormat, out: Float32Array): void {
  fillPlaced(set, indices, format, out, stored => centralWindow(stored, format));
}

export function labelsOf({ labels }: ImageSet, indices: Uint32Array): Int32Array {
  return Int32Array.from(indices, index => labels[index] as number);
}

let last: { seed: number; epoch: number; draws: SeekableStream } | undefined;

/** Of the newest epoch only: steps ask for them in order. */
function epochDraws(seed: number, epoch: number): SeekableStream {
  if (last?.seed !== seed || last.epoch !== epoch)
    last = { seed, epoch, draws: new SeekableStream(stream(seed, 'augment', epoch)) };
  return last.draws;
}

/**
 * How long a step waits for its batch: choosing the images, normalising them, copying the labels; against the step itself.
 * `npm run bench:input`; the last line is JSON.
 */
import { type ImageSet, setInMemory } from '../src/core/dataset.ts';
import { sizeOf } from '../src/core/parameters.ts';
import { stream } from '../src/core/random.ts';
import { batchIndices, fillBatch, labelsOf } from '../src/data/index.ts';
import { NETS } from './nets.ts';
import { imagesPerSecond, median } from './step-rate.ts';

const SET_SIZE = 50_000;
const BATCHES = 200;
const ROUNDS = 3;

const results = [];
for (const { label, ...net } of NETS) {
  const shape = net.input.split('x').map(Number) as [number, number, number];
  const preparationMs = timePreparation(madeUpSet(shape), shape, net.batch);
  const rates = [];
  for (let round = 0; round < ROUNDS; round++)
    rates.push(await imagesPerSecond({ ...net, threads: 1, processors: '0' }));
  const stepMs = (1000 * net.batch) / median(rates);
  const share = preparationMs / (preparationMs + stepMs);
  process.stdout.write(
    `${label}: ${preparationMs.toFixed(2)} ms for a batch, ${stepMs.toFixed(1)} ms for its step: ${(100 * share).toFixed(2)} % waiting\n`,
  );
  results.push({ net: label, preparationMs, stepMs, share });
}
process.stdout.write(`${JSON.stringify({ batches: BATCHES, results })}\n`);

/** Median time of a batch, in the order of an epoch: images far apart in memory, as in a run. */
function timePreparation(set: ImageSet, shape: readonly [number, number, number], batch: number): number {
  const [mean, std] = [shape.map(() => 0.5), shape.map(() => 0.25)];
  const images = new Float32Array(batch * sizeOf(shape));
  const durationsMs = Array.from({ length: BATCHES }, (_, step) => {
    const startMs = performance.now();
    const indices = batchIndices(1, step, batch, set.count);
    fillBatch(set, shape, indices, mean.slice(0, shape[2]), std.slice(0, shape[2]), images);
    labelsOf(set, indices);
    return performance.now() - startMs;
  });
  return median(durationsMs);
}

function madeUpSet(shape: readonly [number, number, number]): ImageSet {
  const draws = stream(1, 'made-up set');
  const pixels = new Uint8Array(SET_SIZE * sizeOf(shape)).map(() => draws.below(256));
  return setInMemory(pixels, shape, new Uint8Array(SET_SIZE));
}

/**
 * What the input costs. Images a second on one core for the papers' augmentations, and how long a step waits for its batch:
 * choosing, cropping, flipping, normalising, copying the labels; against the step itself.
 * `npm run bench:input`; the last line is JSON. `-- --no-steps` leaves the steps out.
 */
import { type ImageSet, setInMemory } from '../src/core/dataset.ts';
import { type Augmentation, DEFAULT_INPUT, type InputConfig } from '../src/core/input.ts';
import { sizeOf } from '../src/core/parameters.ts';
import { stream } from '../src/core/random.ts';
import { trainingBatches } from '../src/data/index.ts';
import { median } from '../src/stats/index.ts';
import { NETS } from './nets.ts';
import { imagesPerSecond } from './step-rate.ts';

/** Bytes of a made-up set: 50,000 images of CIFAR's size. */
const SET_BYTES = 50_000 * 32 * 32 * 3;
const RANDOM_BYTES = 65_521;
const ROUNDS = 3;
const MEASURED_MS = 2000;

type Shape = readonly [number, number, number];

const FLIP: Augmentation = { kind: 'flip' };
const PAD_CROP: Augmentation = { kind: 'pad-crop', pad: 4 };
const RANDOM_CROP: Augmentation = { kind: 'random-crop' };
const JITTER: Augmentation = { kind: 'scale-jitter', from: 224, to: 256 };
const AREA: Augmentation = { kind: 'area-crop', area: [0.08, 1], aspect: [3 / 4, 4 / 3] };
const NOISE: Augmentation = { kind: 'colour-noise', std: 0.1, axes: 'imagenet' };
const PHOTOMETRIC: Augmentation = { kind: 'photometric', strength: 0.5 };

const INPUTS: { label: string; shape: Shape; input: Partial<InputConfig> }[] = [
  { label: '32: as stored', shape: [32, 32, 3], input: {} },
  { label: '32: pad-crop, flip', shape: [32, 32, 3], input: { augment: [PAD_CROP, FLIP] } },
  { label: '224 of 256: random-crop, flip', shape: [256, 256, 3], input: { size: 224, augment: [RANDOM_CROP, FLIP] } },
  {
    label: '224 of 256: scale-jitter, random-crop, flip',
    shape: [256, 256, 3],
    input: { size: 224, augment: [JITTER, RANDOM_CROP, FLIP] },
  },
  { label: '224 of 256: area-crop, flip', shape: [256, 256, 3], input: { size: 224, augment: [AREA, FLIP] } },
  {
    label: '224 of 256: random-crop, flip, colour-noise',
    shape: [256, 256, 3],
    input: { size: 224, augment: [RANDOM_CROP, FLIP, NOISE] },
  },
  {
    label: '224 of 256: area-crop, flip, photometric, colour-noise',
    shape: [256, 256, 3],
    input: { size: 224, augment: [AREA, FLIP, PHOTOMETRIC, NOISE] },
  },
];

const inputs = INPUTS.map(({ label, shape, input }) => {
  const imageMs = timeImageMs(shape, { ...DEFAULT_INPUT, ...input }, 128);
  const imagesPerSecond = Math.round(1000 / imageMs);
  process.stdout.write(`${label}: ${imagesPerSecond.toLocaleString('en')} images/s on one core\n`);
  return { label, shape, imageMs, imagesPerSecond };
});

const bareRate = Math.round(1000 / timeBareMs(32 * 32 * 3));
process.stdout.write(`32: bare look-ups in a table, for comparison: ${bareRate.toLocaleString('en')} images/s\n`);

interface Net {
  label: string;
  net: string;
  input: string;
  batch: number;
}

const ALEXNET: Net = { label: 'alexnet', net: 'alexnet', input: '224x224x3', batch: 32 };

/** Milliseconds a batch: padded and cropped for the small nets, every way that large pictures are prepared for AlexNet. */
function preparationsFor({ input, batch }: Net): { label: string; preparationMs: number }[] {
  const shape = input.split('x').map(Number) as [number, number, number];
  if (shape[0] > 32)
    return inputs
      .filter(one => one.shape[0] > 32)
      .map(({ label, imageMs }) => ({ label, preparationMs: batch * imageMs }));
  const small: InputConfig = { ...DEFAULT_INPUT, augment: [PAD_CROP, FLIP] };
  return [{ label: 'pad-crop, flip', preparationMs: batch * timeImageMs(shape, small, batch) }];
}

const results = [];
for (const net of process.argv.includes('--no-steps') ? [] : [...NETS, ALEXNET]) {
  const { label, ...asked } = net;
  const preparations = preparationsFor(net);
  const rates = [];
  for (let round = 0; round < ROUNDS; round++)
    rates.push(await imagesPerSecond({ ...asked, threads: 1, processors: '0' }));
  const stepMs = (1000 * net.batch) / median(rates);
  for (const { label: input, preparationMs } of preparations) {
    const share = preparationMs / (preparationMs + stepMs);
    process.stdout.write(
      `${label}, ${input}: ${preparationMs.toFixed(2)} ms for a batch, ${stepMs.toFixed(1)} ms for its step: ${(100 * share).toFixed(2)} % waiting\n`,
    );
    results.push({ net: label, input, preparationMs, stepMs, share });
  }
}
process.stdout.write(`${JSON.stringify({ inputs, bareRate, results })}\n`);

/** Median over batches in the order of an epoch: images far apart in memory, as in a run. The first ones are not counted. */
function timeImageMs(shape: Shape, input: InputConfig, batch: number): number {
  const train = madeUpSet(shape);
  const [mean, std] = [shape.map(() => 0.5).slice(0, shape[2]), shape.map(() => 0.25).slice(0, shape[2])];
  const batchOf = trainingBatches({ dataset: { shape, mean, std }, train, count: train.count, input, batch, seed: 1 });
  return timeMs(batchOf) / batch;
}

function timeMs(run: (step: number) => void): number {
  const durationsMs: number[] = [];
  const endMs = performance.now() + MEASURED_MS;
  for (let step = 0; performance.now() < endMs; step++) {
    const startMs = performance.now();
    run(step);
    durationsMs.push(performance.now() - startMs);
  }
  return median(durationsMs.slice(Math.ceil(durationsMs.length / 10)));
}

/** A look-up for each byte of an image and nothing else: what this processor can do at this moment. */
function timeBareMs(size: number): number {
  const pixels = madeUpSet([1, size, 1]);
  const [table, out] = [new Int32Array(256), new Int32Array(size)];
  return timeMs(step => {
    const bytes = pixels.image((step * 7919) % pixels.count).pixels;
    for (let i = 0; i < size; i++) out[i] = table[bytes[i] as number] as number;
  });
}

/** Random bytes, repeated: their values do not matter to the speed, but they are not all one. */
function madeUpSet(shape: Shape): ImageSet {
  const draws = stream(1, 'made-up set');
  const bytes = Uint8Array.from({ length: RANDOM_BYTES }, () => 256 * draws.uniform());
  const count = Math.floor(SET_BYTES / sizeOf(shape));
  const pixels = new Uint8Array(count * sizeOf(shape)).map((_, i) => bytes[i % RANDOM_BYTES] as number);
  return setInMemory(pixels, shape, new Uint8Array(count));
}

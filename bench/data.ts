/**
 * What images cost: from start to the first batch of Fashion-MNIST, and decoding with resizing to 224 pixels against
 * torchvision on the same processors, one and two. `npm run bench:data`; the last line is JSON. BENCH_PYTHON names a Python that has torchvision.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { DEFAULT_INPUT } from '../src/core/input.ts';
import { packageRoot } from '../src/core/places.ts';
import { stream } from '../src/core/random.ts';
import { DECODERS, decodeImage } from '../src/data/_decode.ts';
import { inOrder } from '../src/data/_in-order.ts';
import { fetchDataset, loadDataset, trainingBatches } from '../src/data/index.ts';
import { median } from '../src/stats/index.ts';
import { compareInTurn } from './step-rate.ts';

const ROUNDS = 3;
const SECONDS = 3;
const PICTURES = 48;
/** Median size of ImageNet's pictures. */
const SIZE = { height: 375, width: 500 };
const SIDE = 224;
const BATCH = 128;
const FIRST_BATCHES = 7;
/** As `taskset` takes them. The peer has a thread for each. */
const PROCESSORS = ['0', '0,1'];

const [role, argument = ''] = process.argv.slice(2);
if (role === 'first-batch') process.stdout.write(`${await timeFirstBatch()}\n`);
else if (role === 'decode') process.stdout.write(`${await decodingRate(argument)}\n`);
else await measure();

async function measure(): Promise<void> {
  await fetchDataset('fashion-mnist', line => void process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'bench-data-'));
  try {
    const firstBatchMs: number[] = [];
    for (let i = 0; i < FIRST_BATCHES; i++) firstBatchMs.push(await ourselves('0', 'first-batch'));
    await writePictures(folder);
    const decoding: Decoding[] = [];
    for (const processors of PROCESSORS) decoding.push({ processors, ...(await decodeInTurn(folder, processors)) });
    report(firstBatchMs, decoding);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Decoding = { processors: string } & Awaited<ReturnType<typeof compareInTurn>>;

function decodeInTurn(folder: string, processors: string) {
  const [theirs, ours] = [() => torchvision(folder, processors), () => ourselves(processors, 'decode', folder)];
  return compareInTurn(ROUNDS, theirs, ours);
}

function report(firstBatchesMs: number[], decoding: readonly Decoding[]): void {
  const firstBatchMs = Math.round(median(firstBatchesMs));
  process.stdout.write(`Fashion-MNIST from cache to first batch: ${firstBatchMs} ms\n`);
  for (const { processors, first, second, ratio } of decoding)
    process.stdout.write(
      `${SIZE.width}×${SIZE.height} JPEG to ${SIDE} on processors ${processors}: torchvision ${first} images/s, here ${second}: ${ratio} ×\n`,
    );
  const rates = decoding.map(({ first, second, ...rest }) => ({ torchvision: first, here: second, ...rest }));
  process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, firstBatchMs, firstBatchesMs, decoding: rates })}\n`);
}

/** Registry, files, checksums, normalisation; modules were loaded before, as they are when a run comes to its data. */
async function timeFirstBatch(): Promise<number> {
  const startMs = performance.now();
  const dataset = await loadDataset('fashion-mnist');
  const { train } = dataset;
  const batches = trainingBatches({ dataset, train, count: train.count, input: DEFAULT_INPUT, batch: BATCH, seed: 1 });
  batches(0);
  return performance.now() - startMs;
}

async function decodingRate(folder: string): Promise<number> {
  const files = readdirSync(folder)
    .sort()
    .map(name => readFileSync(join(folder, name)));
  const decodeAll = async (): Promise<void> => {
    for await (const image of inOrder(files, DECODERS, bytes => decodeImage(bytes, SIDE)))
      if ('damage' in image) throw new Error(image.damage);
  };
  await decodeAll();
  const startMs = performance.now();
  let images = 0;
  for (; performance.now() - startMs < 1000 * SECONDS; images += files.length) await decodeAll();
  return (1000 * images) / (performance.now() - startMs);
}

/** Smooth areas with grain, so that a file has about the bytes of a photograph. */
async function writePictures(folder: string): Promise<void> {
  const draws = stream(1, 'pictures');
  for (let i = 0; i < PICTURES; i++) {
    const coarse = Buffer.from(Uint8Array.from({ length: 24 * 32 * 3 }, () => draws.below(256)));
    const smooth = sharp(coarse, { raw: { height: 24, width: 32, channels: 3 } }).resize({
      ...SIZE,
      fit: 'fill',
      kernel: 'cubic',
    });
    const pixels = (await smooth.raw().toBuffer()).map(value =>
      Math.max(0, Math.min(255, value + draws.below(24) - 12)),
    );
    const picture = sharp(pixels, { raw: { ...SIZE, channels: 3 } }).jpeg({ quality: 90 });
    writeFileSync(join(folder, `${i}.jpg`), await picture.toBuffer());
  }
}

async function ourselves(processors: string, ...args: string[]): Promise<number> {
  return onProcessors(processors, [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url), ...args]);
}

async function torchvision(folder: string, processors: string): Promise<number> {
  const python = process.env.BENCH_PYTHON ?? 'python3';
  const asked = [SIDE, SECONDS, processors.split(',').length].map(String);
  return onProcessors(processors, [python, join(packageRoot, 'bench/data-peer.py'), folder, ...asked]);
}

async function onProcessors(processors: string, command: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)('taskset', ['-c', processors, ...command]);
  return Number(stdout.trim());
}

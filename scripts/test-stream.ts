/**
 * Does memory grow with the size of a folder of images? Writes small PNG files, surveys, packs and reads them in a process
 * of its own, once a fifth of them and once all. `npm run test:stream`; the last line is JSON; exit code 1 if it grows by more than
 * an image's share of the index.
 */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const FILES = Number(process.argv[2] ?? 200_000);
const CLASSES = 100;
const SIDE = 16;
/** An image may cost this much: 16 bytes for its place, 6 for number and label, and their copies while the set is made. */
const BYTES_PER_IMAGE = 64;

interface Reading {
  images: number;
  peakMemoryMb: number;
  seconds: number;
}

const pngOf = (label: number): Promise<Buffer> =>
  sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: { r: label, g: 0, b: 0 } } })
    .png()
    .toBuffer();

const folder = mkdtempSync(join(tmpdir(), 'bench-stream-'));
try {
  const [few, all] = [await readInProcess(FILES / 5), await readInProcess(FILES)];
  const bytesPerImage = (1e6 * (all.peakMemoryMb - few.peakMemoryMb)) / (all.images - few.images);
  const passed = bytesPerImage < BYTES_PER_IMAGE + noisePerImage(all.images - few.images);
  process.stdout.write(
    `${few.images} images: ${few.peakMemoryMb.toFixed(0)} MB; ${all.images}: ${all.peakMemoryMb.toFixed(0)} MB\n`,
  );
  process.stdout.write(`${JSON.stringify({ passed, bytesPerImage, imageBytes: SIDE * SIDE * 3, few, all })}\n`);
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The garbage collector lets a process grow by some tens of megabytes, whatever it does. */
function noisePerImage(images: number): number {
  return 40e6 / images;
}

async function readInProcess(count: number): Promise<Reading> {
  const root = join(folder, String(count));
  await writeImages(root, count);
  const reader = fileURLToPath(new URL('../test/data/processes/read-folder.ts', import.meta.url));
  const env = { ...process.env, BENCH_CACHE_DIR: join(folder, `cache-${count}`), BENCH_PACK_MEMORY_MB: '0' };
  const output = execFileSync('npx', ['jiti', reader, root], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) as string) as Reading;
}

/** One file a class, under many names: what is counted is files, not their bytes on the disk. */
async function writeImages(root: string, count: number): Promise<void> {
  for (const set of ['train', 'test'])
    for (let label = 0; label < CLASSES; label++) {
      const path = join(root, set, `class-${label}`);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, '0.png'), await pngOf(label));
      const inClass = (set === 'train' ? 0.9 : 0.1) * (count / CLASSES);
      for (let i = 1; i < inClass; i++) linkSync(join(path, '0.png'), join(path, `${i}.png`));
    }
}

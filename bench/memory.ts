/**
 * Does a training step leak? Resident memory over 2,000 steps, by its slope; and its peak for ResNet-34 at batch 128.
 * `npm run bench:memory`; the last line is JSON.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BENCH } from './command.ts';

const LOOP = fileURLToPath(new URL('./memory-loop.js', import.meta.url));

const run = async (args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  return stdout;
};

const samples = JSON.parse(await run([LOOP])) as { step: number; megabytes: number }[];
const settled = samples.slice(samples.length / 4);
const slope = slopeOf(settled.map(({ step, megabytes }) => [step / 1000, megabytes]));
process.stdout.write(
  `2000 steps: ${samples[0]?.megabytes} → ${samples.at(-1)?.megabytes} MB, ${slope.toFixed(2)} MB per 1000 steps\n`,
);

const size = ['--set', 'form=small', '--set', 'widths=16,32,64,128', '--batch', '128', '--seconds', '5', '--json'];
const { peakMegabytes } = JSON.parse(await run([BENCH, 'speed', 'step', 'resnet-34', ...size])) as {
  peakMegabytes: number;
};
process.stdout.write(`resnet-34, small form, batch 128: peak ${peakMegabytes.toFixed(0)} MB\n`);
process.stdout.write(`${JSON.stringify({ megabytesPer1000Steps: slope, samples, peakMegabytes })}\n`);

/** Least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

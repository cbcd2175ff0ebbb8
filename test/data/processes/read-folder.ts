/** Surveys, packs and reads every image of the folder given, from the disk. Prints its peak memory as JSON. */
import folder from '../../../src/data/folder.ts';

const startMs = performance.now();
const dataset = await folder.at(process.argv[2] as string);
const { train, test } = await dataset.load();
let sum = 0;
for (const set of [train, test]) for (let i = 0; i < set.count; i++) sum += set.image(i).pixels[0] as number;
const { maxRSS } = process.resourceUsage();
const reading = {
  images: train.count + test.count,
  sum,
  peakMemoryMb: maxRSS / 1024,
  seconds: (performance.now() - startMs) / 1000,
};
process.stdout.write(`${JSON.stringify(reading)}\n`);

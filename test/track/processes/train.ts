/** `train.ts DIR WAY`: a made-up training program that ends in the given way. Prints the run's folder, then each step. */
import { track } from '../../../src/index.ts';

const [dir = '', way = ''] = process.argv.slice(2);
const run = track({ experiment: 'ends', dir });
process.stdout.write(`${run.folder}\n`);
// With an end: what it wrote by the time that it is killed has to be read again.
if (way === 'long') for (let step = 1; step <= 200_000; step++) logged(step);
for (let step = 1; step <= 3; step++) logged(step);
// In a turn of its own: what loads this file would catch it.
if (way === 'throw')
  setTimeout(() => {
    throw new Error('the loss exploded');
  });
if (way === 'exit 3') process.exit(3);
if (way === 'own handler') process.on('SIGTERM', () => process.exit(0));
if (['long', 'wait', 'own handler'].includes(way)) setInterval(() => {}, 1000);

function logged(step: number): void {
  run.log({ loss: 1 / step }, step);
  process.stdout.write(`${step}\n`);
}

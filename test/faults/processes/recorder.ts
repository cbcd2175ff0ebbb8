/** Follows all runs of the folder until its stdin ends or they have all ended, then prints how many points it recorded. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../../../src/core/errors.ts';
import { runsDir, storePath } from '../../../src/core/places.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';

const dir = process.argv[2] as string;
let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();
try {
  const store = openStore(storePath(dir));
  const recorder = new Recorder(store, runsDir(dir));
  let points = 0;
  process.stdout.write('follows\n');
  while (!isOver) {
    points += recorder.follow(20).points;
    await sleep(1);
  }
  points += recorder.ingestAll().points;
  store.close();
  process.stdout.write(`${JSON.stringify({ points })}\n`);
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(4);
}

/** Records all run folders again and again, so many times, and prints what it got. */
import { runsDir, storePath } from '../../../src/core/places.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';

const [dir, times] = process.argv.slice(2) as [string, string];
const store = openStore(storePath(dir));
process.stdout.write('open\n');
const recorder = new Recorder(store, runsDir(dir));
let points = 0;
for (let i = 0; i < Number(times); i++) points += recorder.ingestAll().points;
store.close();
process.stdout.write(`${points}\n`);

/** What `bench list` does: opens the store, records what is new, prints the state of each run, and leaves. */
import { describeError } from '../../../src/core/errors.ts';
import { runsDir, storePath } from '../../../src/core/places.ts';
import { listRuns } from '../../../src/tracking/queries.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';

const dir = process.argv[2] as string;
process.stdout.write('begins\n');
try {
  const store = openStore(storePath(dir));
  new Recorder(store, runsDir(dir)).ingestAll();
  const states = Object.fromEntries(listRuns(store, {}).map(run => [run.id, run.state]));
  store.close();
  process.stdout.write(`${JSON.stringify({ now: Date.now(), states })}\n`);
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(4);
}

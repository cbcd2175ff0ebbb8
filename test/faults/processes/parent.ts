/** What `bench run` does, with workers that only journal: `parent DIR RUN…`. Prints each worker's process id. */
import { runDir, runsDir, storePath } from '../../../src/core/places.ts';
import { LocalExecutor } from '../../../src/runner/local-executor.ts';
import { Recorder } from '../../../src/tracking/recorder.ts';
import { openStore } from '../../../src/tracking/store.ts';
import { programOf } from '../ground.ts';

const [dir, ...runs] = process.argv.slice(2) as [string, ...string[]];
const store = openStore(storePath(dir));
const recorder = new Recorder(store, runsDir(dir));
const executor = new LocalExecutor(runs.length, programOf('writer'));
await executor.submit(runs.map(run => ({ run, folder: runDir(run, dir), threads: 1 })));
for (const [run, state] of executor.poll()) if (state.phase === 'running') say(`${run} ${state.pid}`);
say('started');
while ([...executor.poll().values()].some(state => state.phase !== 'ended')) {
  await executor.settle(10);
  recorder.follow();
}
recorder.ingestAll();
store.close();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

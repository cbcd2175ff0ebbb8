/**
 * A worker that trains nothing: `obedient-worker RUN_FOLDER`. It journals one step each 20 ms, until there is a file
 * `exit` in its folder with the code by which to exit, or until it is asked to stop.
 */
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../../../src/core/ids.ts';
import { runFiles } from '../../../../src/core/places.ts';
import { processStart } from '../../../../src/core/process.ts';
import { journalEvents } from '../../../../src/runner/journal-events.ts';
import { openJournal } from '../../../../src/runner/journal-writer.ts';
import { readRunSpec } from '../../../../src/runner/run-folder.ts';
import { StopRequest } from '../../../../src/runner/stop-request.ts';

const folder = process.argv[2] as string;
const stop = new StopRequest();
const { run, cell } = readRunSpec(folder);
const path = join(folder, runFiles.journal);
const before = [...journalEvents(path)];
const journal = openJournal(path);
let step = before.reduce((last, event) => (event.type === 'points' ? event.step : last), 0);
const attempt = before.filter(event => event.type === 'attempt').length + 1;
const who = { pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname(), fromStep: step };
journal.append({ type: 'attempt', time: Date.now(), run, attempt, ...who });
journal.append({ type: 'cell', time: Date.now(), cell: cell as unknown as Json });
process.stdout.write(`attempt ${attempt} of ${run}\n`);
const exit = join(folder, 'exit');
while (!existsSync(exit) && stop.reason === undefined) {
  journal.append({ type: 'points', time: Date.now(), step: ++step, values: { 'train.loss': 1 / step } });
  await delay(20);
}
const exitCode = stop.reason === undefined ? Number(readFileSync(exit, 'utf8')) : 130;
const state = exitCode === 0 ? 'finished' : exitCode === 130 ? 'killed' : 'failed';
journal.append({
  type: 'end',
  time: Date.now(),
  state,
  step,
  ...(stop.reason && { reason: `stopped by ${stop.reason}` }),
});
journal.close();
process.exit(exitCode);

/**
 * A worker that only journals: `writer RUN_FOLDER`. It goes on behind the last step of the journal, acknowledges each
 * step over the pipe $PIPES/RUN once its call has returned, and stops like a real worker. $STEPS: after so many it has
 * finished; $PACE_MS: it waits so long between two steps.
 */
import { openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../../../src/core/errors.ts';
import type { Json } from '../../../src/core/ids.ts';
import { runFiles } from '../../../src/core/places.ts';
import { processStart } from '../../../src/core/process.ts';
import { journalEvents } from '../../../src/runner/journal-events.ts';
import { openJournal } from '../../../src/runner/journal-writer.ts';
import { readRunSpec } from '../../../src/runner/run-folder.ts';
import { StopRequest } from '../../../src/runner/stop-request.ts';

/** Steps between two looks at signals. */
const TURN_STEPS = 32;

const folder = process.argv[2] as string;
const stop = new StopRequest();
const lastStep = Number(process.env.STEPS ?? Number.POSITIVE_INFINITY);
const paceMs = Number(process.env.PACE_MS ?? 0);
try {
  process.exit(await write());
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(4);
}

async function write(): Promise<number> {
  const { run, cell } = readRunSpec(folder);
  const pipe = openSync(join(process.env.PIPES as string, run), 'w');
  const path = join(folder, runFiles.journal);
  const journal = openJournal(path);
  let [step, attempt] = [0, 1];
  for (const event of journalEvents(path)) {
    if (event.type === 'points') step = event.step;
    if (event.type === 'attempt') attempt++;
  }
  const who = { pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname(), fromStep: step };
  journal.append({ type: 'attempt', time: Date.now(), run, attempt, ...who });
  journal.append({ type: 'cell', time: Date.now(), cell: cell as unknown as Json });
  process.stdout.write('writes\n');
  while (step < lastStep && stop.reason === undefined) {
    step++;
    journal.append({ type: 'points', time: Date.now(), step, values: { 'train.loss': 1 / step } });
    acknowledge(pipe, step);
    if (paceMs > 0) await sleep(paceMs);
    else if (step % TURN_STEPS === 0) await nextTurn();
  }
  const state = stop.reason === undefined ? 'finished' : 'killed';
  journal.append({ type: 'end', time: Date.now(), state, step, ...(stop.reason && { reason: stop.reason }) });
  journal.close();
  return state === 'finished' ? 0 : 130;
}

/** Waits while the pipe is full. */
function acknowledge(pipe: number, step: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(step);
  writeSync(pipe, bytes);
}

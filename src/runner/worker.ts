/**
 * The program that executes one run: `node worker.js RUN_FOLDER`. It reads the folder's `run.json` and writes nothing
 * outside the folder. SIGTERM or SIGINT ask it to stop at its next step with a checkpoint; a later attempt goes on there.
 * Exit code 0: finished, 4: failed, 130: stopped on request.
 */
import { join } from 'node:path';
import { describeError, EXIT } from '../core/errors.ts';
import type { EndState } from '../core/journal.ts';
import { runFiles } from '../core/places.ts';
import { Heartbeat } from './heartbeat.ts';
import { type JournalWriter, openJournal } from './journal-writer.ts';
import { type RunSpec, readRunSpec } from './run-folder.ts';
import { StopRequest } from './stop-request.ts';
import { trainCell } from './train-cell.ts';

// All that a run writes is its owner's alone.
process.umask(0o077);
const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('worker: expected the folder of a run\n');
  process.exit(EXIT.usage);
}
process.exit(await work(folder));

async function work(folder: string): Promise<number> {
  const stop = new StopRequest();
  try {
    const spec = readRunSpec(folder);
    const journal = openJournal(join(folder, runFiles.journal));
    return await attempt(folder, spec, journal, stop);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    return EXIT.noData;
  }
}

/** One attempt: whatever ends it, but a kill, is the last event of the journal. */
async function attempt(folder: string, spec: RunSpec, journal: JournalWriter, stop: StopRequest): Promise<number> {
  let step = 0;
  const heartbeat = new Heartbeat(journal, () => step);
  const end = (state: EndState, reason?: string): void => {
    heartbeat.stop();
    journal.append({ type: 'end', time: Date.now(), state, step, ...(reason && { reason }) });
    journal.close();
  };
  try {
    const outcome = await trainCell({
      folder,
      spec,
      journal,
      heartbeat,
      stop,
      onStep: done => {
        step = done;
      },
    });
    end(outcome.state, outcome.reason);
    return outcome.state === 'finished' ? EXIT.ok : outcome.state === 'killed' ? EXIT.interrupted : EXIT.noData;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    end('failed', describeError(error));
    return EXIT.noData;
  }
}

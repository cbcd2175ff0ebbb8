/** Appends points for ever; after each returned call its step goes to stdout as a line of its own. */
import { writeSync } from 'node:fs';
import { errorCode } from '../../../src/core/errors.ts';
import { openJournal } from '../../../src/runner/journal-writer.ts';
import { attempt, cellEvent, point } from '../events.ts';

const [path, run] = process.argv.slice(2) as [string, string];
const journal = openJournal(path);
journal.append(attempt(run));
journal.append(cellEvent());
for (let step = 1; ; step++) {
  journal.append(point(step));
  acknowledge(`${step}\n`);
}

/** Waits while the reader of the pipe is behind. */
function acknowledge(line: string): void {
  for (;;) {
    try {
      writeSync(1, line);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error;
    }
  }
}

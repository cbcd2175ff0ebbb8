/** Appends until it is refused, says how far it came and why, then makes room and appends one more. `no-cut`: see small-disk.c. */
import { describeError, UserError } from '../../../src/core/errors.ts';
import { openJournal } from '../../../src/runner/journal-writer.ts';

const journal = openJournal(process.argv[2] as string);
if (process.argv[3] === 'no-cut') process.env.FULL_NO_CUT = '1';
let step = 0;
try {
  for (;;) {
    journal.append({ type: 'heartbeat', time: 1000, step: step + 1 });
    step++;
  }
} catch (error) {
  process.stdout.write(`${JSON.stringify({ step, user: error instanceof UserError, line: describeError(error) })}\n`);
}
process.env.FULL_BYTES = '1000000';
delete process.env.FULL_NO_CUT;
journal.append({ type: 'end', time: 2000, state: 'failed', step });
journal.close();

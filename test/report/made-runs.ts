/** Made-up runs of an experiment's own cells, in a store that the command line finds. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../../src/core/experiment.ts';
import type { Json } from '../../src/core/ids.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { runFiles } from '../../src/core/places.ts';

const STEPS = [1, 2, 3];

/** One finished run a cell, all started at `startMs`; their ids begin with `prefix`, a hexadecimal digit. */
export function writeRuns(
  runsDir: string,
  cells: readonly Cell[],
  { prefix = 'a', startMs = 1_700_000_000_000 } = {},
): void {
  for (const [i, cell] of cells.entries()) {
    const run = `${prefix}${i.toString(16).padStart(11, '0')}`;
    mkdirSync(join(runsDir, run), { recursive: true });
    const frames = [...eventsOf(run, cell, startMs)].map(encodeFrame);
    writeFileSync(join(runsDir, run, runFiles.journal), Buffer.concat([JOURNAL_MAGIC, ...frames]));
  }
}

function* eventsOf(run: string, cell: Cell, time: number): Generator<JournalEvent> {
  const loss = (cell.arm.length + cell.seed / 100) / 20;
  const who = { pid: 1, processStart: 'none', host: 'none' };
  yield { type: 'attempt', time, run, attempt: 1, ...who, fromStep: 0 };
  yield { type: 'cell', time, cell: cell as unknown as Json };
  for (const step of STEPS)
    yield { type: 'points', time: time + 1000 * step, step, values: { 'train.loss': loss + 1 / step } };
  for (const name of ['train.loss', 'train.top1', 'test.loss', 'test.top1'])
    yield { type: 'metric', time: time + 4000, name, value: loss };
  yield { type: 'end', time: time + 4000, state: 'finished', step: STEPS.length };
}

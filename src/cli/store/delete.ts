import { createInterface } from 'node:readline/promises';
import { EXIT, UserError } from '../../core/errors.ts';
import { curate, listRuns, undoLast } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { chosenRuns } from './chosen-runs.ts';
import { countRuns } from './curate.ts';

export interface DeleteOptions {
  where?: string;
  yes?: boolean;
}

export function deleteCommand(runs: readonly string[], { where, yes }: DeleteOptions): Promise<number> {
  return withRecordedStore(async store => {
    const ids = chosenRuns(store, runs, where);
    requireNotRunning(store, ids);
    if (where !== undefined && !yes && !(await agrees(ids.length))) {
      process.stderr.write('Nothing was deleted.\n');
      return EXIT.ok;
    }
    curate(store, ids, { action: 'delete' });
    process.stdout.write(`deleted: ${countRuns(ids)}. \`bench undo\` brings back, \`bench gc\` removes for good.\n`);
    return EXIT.ok;
  });
}

export function undoCommand(): Promise<number> {
  return withRecordedStore(store => {
    const change = undoLast(store);
    if (change === null) throw new UserError('nothing to undo.', { exitCode: EXIT.noData });
    process.stdout.write(`undone: ${change.action} of ${countRuns(change.runs)}\n`);
    return EXIT.ok;
  });
}

/** What still writes would come back. */
function requireNotRunning(store: Store, ids: readonly string[]): void {
  const wanted = new Set(ids);
  const running = listRuns(store, { state: 'running' }).filter(run => wanted.has(run.id));
  if (running.length === 0) return;
  const names = countRuns(running.map(run => run.id));
  throw new UserError(`still running: ${names}. Stop what is running first; nothing was deleted.`);
}

async function agrees(count: number): Promise<boolean> {
  const question = `Delete ${count} ${count === 1 ? 'run' : 'runs'}?`;
  if (!process.stdin.isTTY) throw new UserError(`${question} Nobody can be asked here: say --yes to do it.`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}

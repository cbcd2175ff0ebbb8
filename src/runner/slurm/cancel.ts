/** Ends job arrays, by their names. */
import { askSlurm } from './commands.ts';
import { saidOrThrow } from './queue.ts';
import { markCancelled } from './submission.ts';

/**
 * Drops what waits and asks what runs to stop with a checkpoint; `kill` does not ask. An array that has nothing left is
 * none to Slurm, which is no mistake.
 */
export async function cancelArrays(benchDir: string, tokens: readonly string[], how: 'ask' | 'kill'): Promise<void> {
  for (const token of tokens) {
    markCancelled(benchDir, token);
    if (how === 'kill') await cancel(['--signal=KILL', '--full', '--state=RUNNING', `--name=${token}`]);
    await cancel([`--name=${token}`]);
  }
}

async function cancel(args: readonly string[]): Promise<void> {
  saidOrThrow(await askSlurm('scancel', args), 'to cancel');
}

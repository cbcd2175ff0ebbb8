/** `bench resume`: one run goes on from its last good checkpoint, in the folder where it stands. */
import { EXIT, UserError } from '../../core/errors.ts';
import { benchDir, runDir, runsDir, storePath } from '../../core/places.ts';
import { plainText } from '../../core/plain-text.ts';
import type { RunSummary } from '../../core/results.ts';
import { lockExperiment } from '../../runner/experiment-lock.ts';
import { LocalExecutor } from '../../runner/local-executor.ts';
import { readRunSpec } from '../../runner/run-folder.ts';
import { findRun } from '../../tracking/queries.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { tell } from '../output/tell.ts';
import { Interrupts } from './interrupts.ts';

const TICK_MS = 250;

export async function resumeRun(prefix: string): Promise<number> {
  const store = openStore(storePath());
  try {
    return await resumeIn(store, prefix);
  } finally {
    store.close();
  }
}

async function resumeIn(store: Store, prefix: string): Promise<number> {
  const recorder = new Recorder(store, runsDir());
  recorder.ingestAll().problems.forEach(tell);
  const before = findRun(store, prefix);
  if (before.state === 'finished') return report(before);
  requireResumable(before);
  const unlock = lockExperiment(benchDir(), before.experiment);
  if (!unlock) throw refusal(before, 'another process runs its experiment', 'wait for that, or stop it');
  try {
    await execute(before, recorder);
  } finally {
    unlock();
  }
  recorder.ingestAll().problems.forEach(tell);
  return report(findRun(store, before.id));
}

function requireResumable(run: RunSummary): void {
  if (run.state === 'running') throw refusal(run, 'it is running', 'stop it first, if it must be started again');
  if (run.state === 'unreachable') {
    throw refusal(
      run,
      `it may still run: ${run.reason}`,
      'resume it on that host, or start a new one with `bench run`',
    );
  }
  if (run.metrics.diverged !== undefined) throw refusal(run, 'it diverged', 'the same bits would diverge again');
}

async function execute({ id, step, steps }: RunSummary, recorder: Recorder): Promise<void> {
  const { cell } = readRunSpec(runDir(id));
  tell(`${id}: ${cell.arm} seed ${cell.seed} of ${cell.experiment} goes on; it had reached step ${step} of ${steps}.`);
  const executor = new LocalExecutor(1);
  const interrupts = new Interrupts(tell);
  interrupts.stop.addEventListener('abort', () => executor.cancel('ask'));
  interrupts.kill.addEventListener('abort', () => executor.cancel('kill'));
  await executor.submit([{ run: id, folder: runDir(id), threads: cell.execution.threads }]);
  while (executor.poll().get(id)?.phase !== 'ended') {
    await executor.settle(TICK_MS);
    recorder.follow();
  }
  interrupts.release();
}

function report({ id, state, step, attempts, reason }: RunSummary): number {
  const why = reason === null ? '' : `: ${reason}`;
  process.stdout.write(`${id}: ${state} at step ${step}, attempt ${attempts}${plainText(why)}\n`);
  if (state === 'finished') return EXIT.ok;
  return state === 'killed' ? EXIT.interrupted : EXIT.noData;
}

const refusal = ({ id }: RunSummary, why: string, remedy: string): UserError =>
  new UserError(`run ${id} cannot be continued: ${why}; ${remedy}.`, { exitCode: EXIT.noData });

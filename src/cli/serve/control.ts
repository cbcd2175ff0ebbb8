/** Stops and resumes runs for the live view's buttons. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, UserError } from '../../core/errors.ts';
import { runDir, runFiles } from '../../core/places.ts';
import { processFate } from '../../core/process.ts';
import { canResume, type RunControl } from '../../report/live/control.ts';
import { findRun, processOf } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

export const runControl = (store: Store): RunControl => ({
  stop: run => stop(store, run),
  resume: run => resume(store, run),
});

/** As an interrupt of `bench run` asks its workers: they end at their next step, with a checkpoint. */
function stop(store: Store, run: string): void {
  const named = processOf(store, findRun(store, run).id);
  if (named === null || processFate(named) !== 'alive')
    throw refusal(run, 'stopped', 'it does not run on this machine (any more)');
  process.kill(named.pid, 'SIGTERM');
}

/** It outlives this server. What it has to say stands at the end of the run's log. */
function resume(store: Store, prefix: string): void {
  const run = findRun(store, prefix);
  const folder = runDir(run.id);
  if (!canResume(run)) throw refusal(run.id, 'resumed', `it is ${run.state}`);
  if (!existsSync(join(folder, runFiles.spec))) throw refusal(run.id, 'resumed', `${folder} holds no run of bench`);
  const log = openSync(join(folder, runFiles.log), 'a', 0o600);
  spawn(process.execPath, [MAIN, 'resume', run.id], { detached: true, stdio: ['ignore', log, log] }).unref();
  closeSync(log);
}

const refusal = (run: string, what: string, why: string): UserError =>
  new UserError(`run ${run} cannot be ${what}: ${why}.`, { exitCode: EXIT.noData });

/**
 * What a task of a job array runs: `node task.js SUBMISSION INDEX`. It claims each of its runs and executes it as the
 * local pool would. TERM and USR1 ask the worker to stop with a checkpoint; after USR1, which comes before the time
 * limit, the task puts itself back into the queue. Exit code 0: all its runs are over, or in other hands.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT } from '../../core/errors.ts';
import { runFiles } from '../../core/places.ts';
import { thisProcess } from '../../core/process.ts';
import type { TaskState } from '../executor.ts';
import { journalEvents } from '../journal-events.ts';
import { LocalExecutor } from '../local-executor.ts';
import { type Claimant, claim, countAttempts, endAttempt, isSuperseded, lastClaim } from './claims.ts';
import { askSlurm } from './commands.ts';
import { Holder } from './holder.ts';
import { queueKey } from './queue.ts';
import { isExhausted } from './retries.ts';
import { readSubmission, type SubmittedTask } from './submission.ts';

const LOOK_MS = 500;

type Ended = Extract<TaskState, { phase: 'ended' }>;

process.umask(0o077);
const [dir, index] = process.argv.slice(2) as [string, string];
const submission = readSubmission(dir);
let asked: NodeJS.Signals | undefined;
const executor = new LocalExecutor(1, submission.worker, false);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR1'] as const) process.on(signal, () => ask(signal));
const tasks = submission.tasks[Number(index)] ?? [];
if (submission.fillsCache) await (await import('./node-cache.ts')).fillNodeCache(tasks, say);
process.exit(await runAll(tasks));

function ask(signal: NodeJS.Signals): void {
  say(`${signal}: asking the worker to stop`);
  asked ??= signal;
  void executor.cancel('ask');
}

async function runAll(tasks: readonly SubmittedTask[]): Promise<number> {
  let failed = 0;
  for (const task of tasks) if (!(await runToItsEnd(task))) failed++;
  if (asked === 'SIGUSR1') await requeue();
  if (asked !== undefined) return EXIT.interrupted;
  return failed === 0 ? EXIT.ok : EXIT.failed;
}

/** Tries again what fails by itself. True once the run is over or in other hands. */
async function runToItsEnd(task: SubmittedTask): Promise<boolean> {
  while (asked === undefined) {
    if (isSettled(task.folder)) return true;
    if (isExhausted(countAttempts(task.folder), task.chances)) return false;
    const attempt = await claimWhenFree(task);
    if (attempt === null) return asked === undefined;
    const end = await execute(task, attempt);
    const settled = isSettled(task.folder);
    const { exitCode, signal } = end;
    endAttempt(task.folder, attempt, { exitCode, signal, settled, stopped: asked !== undefined && !settled });
  }
  return false;
}

/**
 * Null if another task has it, if it is over, or if we are asked to stop. Our own former attempt, on a node that was lost,
 * is waited for: it may come to its end.
 */
async function claimWhenFree({ folder, run, chances }: SubmittedTask): Promise<number | null> {
  const holder = new Holder(folder);
  const me: Claimant = { task: queueKey(submission.token, index), ...thisProcess() };
  let waits = false;
  for (; asked === undefined; await delay(LOOK_MS)) {
    const last = lastClaim(folder);
    const fate = last === null ? 'gone' : holder.fate(last);
    const attempt = (last?.attempt ?? 0) + 1;
    if (fate === 'gone' && (isSettled(folder) || isExhausted(countAttempts(folder), chances))) return null;
    if (fate === 'gone' && claim(folder, attempt, me)) return attempt;
    if (fate === 'alive' && last?.claimant?.task !== me.task) {
      say(`${run}: ${last?.claimant?.task} on ${last?.claimant?.host} works on it: left to that`);
      return null;
    }
    if (!waits) say(`${run}: attempt ${last?.attempt} may still run: waiting`);
    waits = true;
  }
  return null;
}

async function execute(task: SubmittedTask, attempt: number): Promise<Ended> {
  say(`${task.run}: attempt ${attempt} on ${process.env.SLURMD_NODENAME ?? hostname()}`);
  await executor.submit([task]);
  for (;;) {
    const state = executor.poll().get(task.run);
    if (isSuperseded(task.folder, attempt)) await leave(task, attempt);
    if (state?.phase === 'ended') return state;
    await executor.settle(LOOK_MS);
  }
}

/** At once: neither the worker nor we, who would write how it ended, may write to the run any more. */
async function leave({ run }: SubmittedTask, attempt: number): Promise<never> {
  say(`${run}: attempt ${attempt} was given to another: stopped`);
  await executor.cancel('kill');
  process.exit(EXIT.failed);
}

/** Finished, also by somebody who claimed nothing, or diverged: the same bits would diverge again. */
function isSettled(folder: string): boolean {
  let settled = false;
  for (const event of journalEvents(join(folder, runFiles.journal))) {
    if (event.type === 'attempt') settled = false;
    if (event.type === 'metric' && event.name === 'diverged') settled = true;
    if (event.type === 'end' && event.state === 'finished') settled = true;
  }
  return settled;
}

/** Slurm ends this process by it. */
async function requeue(): Promise<void> {
  const id = `${process.env.SLURM_ARRAY_JOB_ID}_${process.env.SLURM_ARRAY_TASK_ID}`;
  const answer = await askSlurm('scontrol', ['requeue', id]);
  say(answer.kind === 'said' ? `${id}: queued again` : `${id}: could not be queued again: ${answer.why}`);
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

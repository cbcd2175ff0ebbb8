/**
 * Runs are executed by job arrays. All that lasts lies in folders: what each array runs (`submission.ts`), and in each
 * run's folder who works on it and how that ended (`claims.ts`). So this object can go at any time, and another one
 * finds the same.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runFiles } from '../../core/places.ts';
import type { Executor, Task, TaskState } from '../executor.ts';
import { WORKER } from '../local-executor.ts';
import { reportEnd } from '../witness.ts';
import { cancelArrays } from './cancel.ts';
import { countAttempts, endAttempt, lastClaim, replaceJournal } from './claims.ts';
import { askSlurm } from './commands.ts';
import { Holder } from './holder.ts';
import { maxArraySize, type Queue, queueKey, readQueue, saidOrThrow } from './queue.ts';
import { newChances } from './retries.ts';
import { batchScript } from './script.ts';
import type { SlurmSettings } from './settings.ts';
import { type Standing, standingOf } from './standing.ts';
import {
  isCancelled,
  newToken,
  removeSubmission,
  type SubmittedTask,
  scriptPath,
  submissionDir,
  submissionsOf,
  taskLog,
  writeSubmission,
} from './submission.ts';

export interface SlurmOptions {
  /** On a file system that all nodes share. */
  benchDir: string;
  experiment: string;
  settings: SlurmSettings;
  /** Gets a line when something happens that a person wants to know. */
  say(line: string): void;
  /** A worker other than ours, and how it and a task's program are started. */
  worker?: readonly string[];
  program?: readonly string[];
  /** The controller is asked so often at most. */
  pollMs?: number;
}

const TASK_PROGRAM = fileURLToPath(new URL('./task.js', import.meta.url));
const POLL_MS = 2000;
/** Asking takes this share of the time at most, however many tasks there are. */
const POLL_SHARE = 0.05;
/** A task that was submitted a moment ago may not be listed yet. */
const ABSENCES = 3;
/** Slurm may lose a task that never began; not for ever. */
const MOST_SUBMISSIONS = 5;

/** A run in the hands of an array's task. */
interface Tracked {
  task: SubmittedTask;
  token: string;
  index: number;
  holder: Holder;
  /** Looks in a row in which Slurm did not know the task. */
  absences: number;
  submissions: number;
}

export class SlurmExecutor implements Executor {
  readonly detached = true;
  readonly #options: SlurmOptions;
  readonly #states = new Map<string, TaskState>();
  readonly #tracked = new Map<string, Tracked>();
  #nextPollAtMs = 0;
  #isAway = false;

  constructor(options: SlurmOptions) {
    this.#options = options;
  }

  /** What tasks of this or another process have in hand already is taken up; the rest becomes arrays. */
  async submit(tasks: readonly Task[]): Promise<void> {
    const taken = await this.#takeUp(tasks);
    if (taken > 0) this.#options.say(`${taken} cells are in Slurm's hands already: following them.`);
    const { retries } = this.#options.settings;
    const others = tasks.filter(({ run }) => !this.#tracked.has(run));
    await this.#submitAnew(others.map(task => ({ ...task, chances: newChances(countAttempts(task.folder), retries) })));
    this.#nextPollAtMs = 0;
  }

  poll(): ReadonlyMap<string, TaskState> {
    return this.#states;
  }

  async cancel(how: 'ask' | 'kill'): Promise<void> {
    const tokens = new Set([...this.#tracked.values()].map(({ token }) => token));
    await cancelArrays(this.#options.benchDir, [...tokens], how);
    this.#nextPollAtMs = 0;
  }

  async settle(timeoutMs: number): Promise<void> {
    if (performance.now() >= this.#nextPollAtMs && (await this.#refresh())) return;
    await delay(timeoutMs);
  }

  logs(run: string): readonly string[] {
    const tracked = this.#tracked.get(run);
    if (tracked === undefined) return [];
    const { task, token, index } = tracked;
    const files = [join(task.folder, runFiles.log), taskLog(submissionDir(this.#options.benchDir, token), index)];
    return files.filter(existsSync);
  }

  async #takeUp(tasks: readonly Task[]): Promise<number> {
    const { benchDir, experiment } = this.#options;
    const wanted = new Set(tasks.map(({ run }) => run));
    const submissions = submissionsOf(benchDir, experiment).filter(({ token }) => !isCancelled(benchDir, token));
    const queue = await readQueue(submissions.map(({ token }) => token));
    if (queue === null) saidOrThrow({ kind: 'away', why: 'squeue has no answer' }, 'to say what runs');
    let taken = 0;
    for (const { token, tasks: chunks } of submissions)
      for (const [index, chunk] of chunks.entries()) {
        const phase = queue?.get(queueKey(token, index))?.phase ?? 'over';
        if (phase === 'over') continue;
        for (const task of chunk.filter(({ run }) => wanted.has(run) && !this.#tracked.has(run))) {
          this.#track(task, token, index);
          taken++;
        }
      }
    return taken;
  }

  async #submitAnew(tasks: readonly SubmittedTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const chunks = cut(tasks, this.#options.settings.cellsPerTask);
    for (const part of cut(chunks, await maxArraySize())) await this.#submitArray(part);
  }

  async #submitArray(chunks: readonly (readonly SubmittedTask[])[]): Promise<void> {
    const { benchDir, experiment, settings, worker = [WORKER], program = [TASK_PROGRAM] } = this.#options;
    const token = newToken(experiment);
    const dir = submissionDir(benchDir, token);
    const threads = Math.max(...chunks.flat().map(task => task.threads));
    const command = [process.execPath, ...program];
    const script = batchScript(settings, { token, dir, tasks: chunks.length, threads, program: command });
    const submission = { token, experiment, tasks: chunks, worker };
    writeSubmission(benchDir, submission, script);
    for (const [index, chunk] of chunks.entries()) for (const task of chunk) this.#track(task, token, index);
    // If nobody answers it may have been taken all the same: its name will tell.
    const answer = await askSlurm('sbatch', ['--parsable', scriptPath(dir)]);
    if (answer.kind === 'refused') {
      removeSubmission(benchDir, token);
      saidOrThrow(answer, 'the job array');
    }
    if (answer.kind === 'said')
      this.#options.say(`Slurm job ${answer.text.trim().split(';')[0]}: ${chunks.length} tasks (${token}).`);
  }

  #track(task: SubmittedTask, token: string, index: number): void {
    const submissions = (this.#tracked.get(task.run)?.submissions ?? 0) + 1;
    this.#tracked.set(task.run, { task, token, index, holder: new Holder(task.folder), absences: 0, submissions });
    this.#states.set(task.run, { phase: 'queued' });
  }

  /** True if some task has ended since. */
  async #refresh(): Promise<boolean> {
    const startMs = performance.now();
    const open = [...this.#tracked.values()].filter(({ task }) => this.#states.get(task.run)?.phase !== 'ended');
    const queue = await readQueue([...new Set(open.map(({ token }) => token))]);
    const tookMs = performance.now() - startMs;
    this.#nextPollAtMs = performance.now() + Math.max(this.#options.pollMs ?? POLL_MS, tookMs / POLL_SHARE);
    this.#tellAbsence(queue === null);
    if (queue === null) return false;
    await releaseHeld(open, queue);
    const lost = open.filter(tracked => this.#look(tracked, queue));
    await this.#submitAgain(lost);
    return open.some(({ task }) => this.#states.get(task.run)?.phase === 'ended');
  }

  /** True if somebody has to submit it again. */
  #look(tracked: Tracked, queue: Queue): boolean {
    const { task, token, index } = tracked;
    const queued = queue.get(queueKey(token, index));
    tracked.absences = queued === undefined ? tracked.absences + 1 : 0;
    const standing = this.#standing(tracked, queued);
    if (queued === undefined && tracked.absences < ABSENCES && standing.kind !== 'state') return false;
    if (standing.kind === 'state') this.#states.set(task.run, standing.state);
    if (standing.kind === 'silent') this.#sayItsEnd(tracked, standing);
    return standing.kind === 'lost';
  }

  #standing({ task: { folder, chances }, token, holder }: Tracked, task: ReturnType<Queue['get']>): Standing {
    const claim = task?.phase === 'queued' ? null : lastClaim(folder);
    return standingOf({
      task,
      claim,
      holder: claim === null ? 'gone' : holder.fate(claim),
      counts: claim === null ? { all: 0, failed: 0 } : countAttempts(folder),
      chances,
      cancelled: isCancelled(this.#options.benchDir, token),
    });
  }

  /** Of several who see that it is gone, one writes it down. */
  #sayItsEnd({ task: { folder } }: Tracked, { state, reason, stopped }: Extract<Standing, { kind: 'silent' }>): void {
    const attempt = lastClaim(folder)?.attempt;
    if (attempt === undefined) return;
    if (!endAttempt(folder, attempt, { exitCode: null, signal: null, settled: false, stopped })) return;
    replaceJournal(folder);
    reportEnd(folder, { state, reason: `Slurm: ${reason}` });
  }

  async #submitAgain(lost: readonly Tracked[]): Promise<void> {
    for (const { task, submissions } of lost)
      if (submissions >= MOST_SUBMISSIONS)
        this.#states.set(task.run, {
          phase: 'ended',
          exitCode: null,
          signal: null,
          reason: 'Slurm loses its task again and again',
        });
    const again = lost.filter(({ submissions }) => submissions < MOST_SUBMISSIONS).map(({ task }) => task);
    if (again.length > 0) this.#options.say(`${again.length} cells ended without a result: submitted again.`);
    await this.#submitAnew(again);
  }

  #tellAbsence(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#options.say(
      isAway ? "Slurm's controller does not answer: the cells go on meanwhile." : 'Slurm answers again.',
    );
  }
}

/** What is queued again is held for two minutes; its owner may say now. */
async function releaseHeld(open: readonly Tracked[], queue: Queue): Promise<void> {
  const tasks = open.map(({ token, index }) => queue.get(queueKey(token, index)));
  const held = new Set(tasks.filter(task => task?.reason === 'BeginTime').map(task => task?.id as string));
  for (const id of held) await askSlurm('scontrol', ['update', `JobId=${id}`, 'StartTime=now']);
}

function cut<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/**
 * Runs are executed by job arrays. All that lasts lies in folders: what each array runs (`submission.ts`), and in each
 * run's folder who works on it and how that ended (`claims.ts`). So this object can go at any time, and another one
 * finds the same.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot, runFiles } from '../../core/places.ts';
import type { Executor, Task, TaskState } from '../executor.ts';
import { WORKER } from '../local-executor.ts';
import { Accounting } from './accounting.ts';
import { liveTasks, openSubmissions, submissionsOver } from './arrays.ts';
import { cancelArrays } from './cancel.ts';
import { countAttempts } from './claims.ts';
import { askSlurm } from './commands.ts';
import { inCode, type PlannedArray, planArrays } from './planned-arrays.ts';
import { controllerAway, findTask, maxArraySize, type Queue, readQueue, saidOrThrow } from './queue.ts';
import { newChances } from './retries.ts';
import type { SlurmSettings } from './settings.ts';
import {
  isCancelled,
  removeSubmission,
  type SubmittedTask,
  scriptPath,
  submissionDir,
  taskLog,
  writeSubmission,
} from './submission.ts';
import { TrackedRun } from './tracked-run.ts';

export interface SlurmOptions {
  /** On a file system that all nodes share. */
  benchDir: string;
  experiment: string;
  settings: SlurmSettings;
  /** Gets a line when something happens that a person wants to know. */
  say(line: string): void;
  /** Gives the folder of a copy of the code whose worker and task are to run; ours, at its place, if it is left out. */
  copyCode?: () => Promise<string>;
  /** A worker other than ours, and how it and a task's program are started. */
  worker?: readonly string[];
  program?: readonly string[];
  /** Between two questions to the controller; a time that suits it if it is left out. */
  pollMs?: number;
}

const POLL_MS = 2000;
/** Asking takes this share of the time at most, however many tasks there are. */
const POLL_SHARE = 0.05;
const LONGEST_POLL_MS = 60_000;
/** A command that got no answer has waited for long, and has cost the controller nothing. */
const AWAY_POLL_MS = 5000;
/** Slurm may lose a task that never began; not for ever. */
const MOST_SUBMISSIONS = 5;
const GIVEN_UP: TaskState = { phase: 'ended', exitCode: null, signal: null, reason: 'Slurm lost its task too often' };

export class SlurmExecutor implements Executor {
  readonly detached = true;
  readonly #options: SlurmOptions;
  readonly #states = new Map<string, TaskState>();
  readonly #tracked = new Map<string, TrackedRun>();
  readonly #accounting = new Accounting();
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
    for (const { token } of submissionsOver(benchDir)) removeSubmission(benchDir, token);
    const submissions = openSubmissions(benchDir, experiment);
    const queue = await readQueue(submissions.map(({ token }) => token));
    if (queue === null) throw controllerAway();
    let taken = 0;
    for (const submission of submissions)
      for (const index of liveTasks(submission, queue)) {
        const chunk = submission.tasks[index] ?? [];
        for (const task of chunk.filter(({ run }) => wanted.has(run) && !this.#tracked.has(run))) {
          this.#track(task, submission.token, index);
          taken++;
        }
      }
    return taken;
  }

  async #submitAnew(tasks: readonly SubmittedTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const code = await this.#options.copyCode?.();
    const request = { ...this.#options, ...(code !== undefined && { code }), maxTasks: await maxArraySize() };
    for (const array of planArrays(tasks, request)) await this.#submitArray(array, code);
  }

  async #submitArray({ token, chunks, script }: PlannedArray<SubmittedTask>, code = packageRoot): Promise<void> {
    const { benchDir, experiment, settings, worker = [inCode(code, WORKER)], say } = this.#options;
    const fillsCache = settings.nodeCache !== undefined;
    const submission = { token, experiment, tasks: chunks, worker, code, fillsCache };
    const dir = writeSubmission(benchDir, submission, script);
    for (const [index, chunk] of chunks.entries()) for (const task of chunk) this.#track(task, token, index);
    // If nobody answers it may have been taken all the same: its name will tell.
    const answer = await askSlurm('sbatch', ['--parsable', scriptPath(dir)]);
    if (answer.kind === 'refused') {
      removeSubmission(benchDir, token);
      saidOrThrow(answer, 'the job array');
    }
    if (answer.kind === 'said')
      say(`Slurm job ${answer.text.trim().split(';')[0]}: ${chunks.length} tasks (${token}).`);
  }

  #track(task: SubmittedTask, token: string, index: number): void {
    const submissions = (this.#tracked.get(task.run)?.submissions ?? 0) + 1;
    this.#tracked.set(task.run, new TrackedRun(task, token, index, submissions));
    this.#states.set(task.run, { phase: 'queued' });
  }

  /** True if some task has ended since. */
  async #refresh(): Promise<boolean> {
    const startMs = performance.now();
    const open = [...this.#tracked.values()].filter(({ task }) => this.#states.get(task.run)?.phase !== 'ended');
    const tokens = [...new Set(open.map(({ token }) => token))];
    const queue = await this.#askQueue(tokens, open);
    const tookMs = performance.now() - startMs;
    const pauseMs = queue === null ? AWAY_POLL_MS : Math.min(LONGEST_POLL_MS, Math.max(POLL_MS, tookMs / POLL_SHARE));
    this.#nextPollAtMs = performance.now() + (this.#options.pollMs ?? pauseMs);
    this.#tellAbsence(queue === null);
    if (queue === null) return false;
    await releaseHeld(open, queue);
    // Of an array, not of each of its tasks.
    const cancelled = new Set(tokens.filter(token => isCancelled(this.#options.benchDir, token)));
    const lost = open.filter(tracked => this.#look(tracked, queue, cancelled.has(tracked.token)));
    await this.#submitAgain(lost);
    return open.some(({ task }) => this.#states.get(task.run)?.phase === 'ended');
  }

  /** Of tasks that squeue knows nothing of, what accounting says, where there is one. */
  async #askQueue(tokens: readonly string[], open: readonly TrackedRun[]): Promise<Queue | null> {
    const queue = await readQueue(tokens);
    if (queue === null) return null;
    const absent = open.filter(({ token, index }) => findTask(queue, token, index) === undefined);
    const asked = [...new Set(absent.map(({ token }) => token))];
    const over = await this.#accounting.tasksOver(asked);
    return over.size === 0 ? queue : new Map([...over, ...queue]);
  }

  /** True if somebody has to submit it again. */
  #look(tracked: TrackedRun, queue: Queue, cancelled: boolean): boolean {
    const standing = tracked.look(queue, cancelled);
    if (standing?.kind === 'state') this.#note(tracked, standing.state);
    return standing?.kind === 'lost';
  }

  #note({ task: { run } }: TrackedRun, state: TaskState): void {
    this.#states.set(run, state);
    if (state.phase === 'ended' && state.reason !== undefined) this.#options.say(`${run}: ended, ${state.reason}.`);
  }

  async #submitAgain(lost: readonly TrackedRun[]): Promise<void> {
    const again = lost.filter(({ submissions }) => submissions < MOST_SUBMISSIONS);
    const over = lost.filter(({ submissions }) => submissions >= MOST_SUBMISSIONS);
    for (const tracked of over) this.#note(tracked, GIVEN_UP);
    if (again.length > 0) this.#options.say(`${again.length} cells ended without a result: submitted again.`);
    await this.#submitAnew(again.map(({ task }) => task));
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
async function releaseHeld(open: readonly TrackedRun[], queue: Queue): Promise<void> {
  const tasks = open.map(({ token, index }) => findTask(queue, token, index));
  const held = new Set(tasks.filter(task => task?.reason === 'BeginTime').map(task => task?.id as string));
  for (const id of held) await askSlurm('scontrol', ['update', `JobId=${id}`, 'StartTime=now']);
}

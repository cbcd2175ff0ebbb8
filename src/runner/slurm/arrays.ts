/** Job arrays, whoever submitted them: which are in Slurm's hands, and which are over. */
import { existsSync } from 'node:fs';
import type { TaskState } from '../executor.ts';
import { lastClaim } from './claims.ts';
import { findTask, type Queue, readQueue } from './queue.ts';
import { allSubmissions, isCancelled, type Submission } from './submission.ts';

export interface LiveArray {
  token: string;
  /** Those that wait or run. */
  tasks: number;
  /** Runs of those that wait. */
  queued: ReadonlyMap<string, TaskState>;
}

/** Those that Slurm has in hand; null while its controller is away. Without submissions Slurm is not asked. */
export async function liveArrays(benchDir: string, experiment: string): Promise<LiveArray[] | null> {
  const submissions = openSubmissions(benchDir, experiment);
  const queue = await readQueue(submissions.map(({ token }) => token));
  if (queue === null) return null;
  const counted = submissions.map(submission => ({
    token: submission.token,
    tasks: liveTasks(submission, queue).length,
    queued: queuedRuns(submission, queue),
  }));
  return counted.filter(({ tasks }) => tasks > 0);
}

export const openSubmissions = (benchDir: string, experiment: string): Submission[] =>
  allSubmissions(benchDir).filter(one => one.experiment === experiment && !isCancelled(benchDir, one.token));

/** Of all experiments. */
export const submissionsOver = (benchDir: string): Submission[] =>
  allSubmissions(benchDir).filter(submission => isOver(benchDir, submission));

/** All runs are settled or deleted, or the array was cancelled and nobody works on them: their folders say everything. */
function isOver(benchDir: string, { token, tasks }: Submission): boolean {
  const cancelled = isCancelled(benchDir, token);
  return tasks.flat().every(({ folder }) => {
    const claim = existsSync(folder) ? lastClaim(folder) : null;
    if (claim === null) return cancelled || !existsSync(folder);
    return claim.end !== null && (cancelled || claim.end.settled);
  });
}

function queuedRuns({ token, tasks }: Submission, queue: Queue): Map<string, TaskState> {
  const found = tasks.flatMap((chunk, index) => {
    const task = findTask(queue, token, index);
    if (task?.phase !== 'queued') return [];
    return chunk.map(({ run }): [string, TaskState] => [run, { phase: 'queued', reason: task.reason }]);
  });
  return new Map(found);
}

/** Indices of the tasks that wait or run. */
export function liveTasks({ token, tasks }: Submission, queue: Queue): number[] {
  const isLive = (index: number): boolean => (findTask(queue, token, index)?.phase ?? 'over') !== 'over';
  return [...tasks.keys()].filter(isLive);
}

/** Job arrays of an experiment, whoever submitted them. */
import { findTask, type Queue, readQueue } from './queue.ts';
import { isCancelled, type Submission, submissionsOf } from './submission.ts';

export interface LiveArray {
  token: string;
  /** Those that wait or run. */
  tasks: number;
}

/** Those that Slurm has in hand; null while its controller is away. Without submissions Slurm is not asked. */
export async function liveArrays(benchDir: string, experiment: string): Promise<LiveArray[] | null> {
  const submissions = openSubmissions(benchDir, experiment);
  const queue = await readQueue(submissions.map(({ token }) => token));
  if (queue === null) return null;
  const counted = submissions.map(submission => ({
    token: submission.token,
    tasks: liveTasks(submission, queue).length,
  }));
  return counted.filter(({ tasks }) => tasks > 0);
}

export const openSubmissions = (benchDir: string, experiment: string): Submission[] =>
  submissionsOf(benchDir, experiment).filter(({ token }) => !isCancelled(benchDir, token));

/** Indices of the tasks that wait or run. */
export function liveTasks({ token, tasks }: Submission, queue: Queue): number[] {
  const isLive = (index: number): boolean => (findTask(queue, token, index)?.phase ?? 'over') !== 'over';
  return [...tasks.keys()].filter(isLive);
}

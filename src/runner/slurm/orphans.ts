/** What nobody will end by himself: tasks without a folder that says what they run, and cells that no task has. */
import { existsSync } from 'node:fs';
import { liveTasks } from './arrays.ts';
import { countAttempts, lastClaim } from './claims.ts';
import { askSlurm } from './commands.ts';
import { type Queue, readQueue, saidOrThrow } from './queue.ts';
import { isExhausted } from './retries.ts';
import { allSubmissions, hasSubmission, isCancelled, type Submission, type SubmittedTask } from './submission.ts';

export interface Orphans {
  /** Names of arrays in the queue. */
  arrays: string[];
  /** Experiments with cells that have begun or wait, and are in no task's hands. */
  experiments: string[];
}

/** Null while Slurm's controller is away. Without submissions here only the queue is looked at. */
export async function findOrphans(benchDir: string): Promise<Orphans | null> {
  const submissions = allSubmissions(benchDir).filter(({ token }) => !isCancelled(benchDir, token));
  const queue = await readQueue(submissions.map(({ token }) => token));
  const arrays = await arraysWithoutFolder();
  if (queue === null || arrays === null) return null;
  return { arrays, experiments: experimentsLeft(submissions, queue) };
}

function experimentsLeft(submissions: readonly Submission[], queue: Queue): string[] {
  const inHand = new Set(submissions.flatMap(one => liveTasks(one, queue).flatMap(index => runsOf(one.tasks[index]))));
  const isLeft = (task: SubmittedTask): boolean => !inHand.has(task.run) && isOpen(task);
  const left = submissions.filter(({ tasks }) => tasks.flat().some(isLeft));
  return [...new Set(left.map(({ experiment }) => experiment))];
}

const runsOf = (tasks: readonly SubmittedTask[] = []): string[] => tasks.map(({ run }) => run);

function isOpen({ folder, chances }: SubmittedTask): boolean {
  if (!existsSync(folder) || lastClaim(folder)?.end?.settled === true) return false;
  return !isExhausted(countAttempts(folder), chances);
}

/** Of all projects of this user: the place of its script says whose it is. */
async function arraysWithoutFolder(): Promise<string[] | null> {
  const ours = ['--array', '--states=PENDING,RUNNING', '--noheader', '--format=%j|%o', '--me'];
  const answer = await askSlurm('squeue', ours);
  if (answer.kind === 'away') return null;
  const rows = saidOrThrow(answer, 'to say what runs').matchAll(/^(bench-[^|\n]+)\|(.+)$/gm);
  const lost = [...rows].filter(([, , script = '']) => !hasSubmission(script.trim()));
  return [...new Set(lost.map(([, token = '']) => token))];
}

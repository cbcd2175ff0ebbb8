/** What one job array runs: a folder beside the runs, written before Slurm hears of it and read by its tasks. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { describeError, refusal } from '../../core/errors.ts';
import { namesIfThere } from '../../core/if-there.ts';
import type { Task } from '../executor.ts';
import { cannotWrite } from '../run-folder.ts';
import type { Chances } from './retries.ts';

export interface SubmittedTask extends Task {
  chances: Chances;
}

export interface Submission {
  /** Also the job's name: Slurm gives an id to others when its controller has forgotten it, a name of ours is ours. */
  token: string;
  experiment: string;
  /** By the index of the array's task: what it runs, one after the other. */
  tasks: readonly (readonly SubmittedTask[])[];
  /** The program, and what stands before the run's folder among its arguments. */
  worker: readonly string[];
  /** The folder of the code that they are parts of. */
  code: string;
  /** Each node has a cache of its own, which its tasks fill. */
  fillsCache: boolean;
}

const FILES = { manifest: 'submission.json', script: 'script.sh', cancelled: 'cancelled' } as const;

export const newToken = (experiment: string): string => `bench-${experiment}-${randomBytes(5).toString('hex')}`;
const submissionsDir = (benchDir: string): string => join(benchDir, 'slurm');
export const submissionDir = (benchDir: string, token: string): string => join(submissionsDir(benchDir), token);
export const scriptPath = (dir: string): string => join(dir, FILES.script);
/** What Slurm itself says of a task, and what a worker says before it has a log. */
export const taskLog = (dir: string, index: number | string): string => join(dir, `${index}.log`);

/** The manifest appears whole or not at all. */
export function writeSubmission(benchDir: string, submission: Submission, script: string): string {
  const dir = submissionDir(benchDir, submission.token);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(scriptPath(dir), script, { mode: 0o700 });
    writeFileAtomically(join(dir, FILES.manifest), [Buffer.from(JSON.stringify(submission))]);
    return dir;
  } catch (error) {
    throw cannotWrite(dir, error);
  }
}

export function readSubmission(dir: string): Submission {
  const path = join(dir, FILES.manifest);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Submission;
  } catch (error) {
    throw refusal(`${path}: expected what an array of jobs runs, got: ${describeError(error)}.`, error);
  }
}

/** Of all experiments, the newest first. */
export function allSubmissions(benchDir: string): Submission[] {
  const names = namesIfThere(submissionsDir(benchDir)).filter(name => name.startsWith('bench-'));
  const dirs = names.map(name => submissionDir(benchDir, name));
  const written = dirs.filter(dir => existsSync(join(dir, FILES.manifest)));
  const aged = written.map(dir => ({ madeAtMs: statSync(join(dir, FILES.manifest)).mtimeMs, of: readSubmission(dir) }));
  return aged.toSorted((a, b) => b.madeAtMs - a.madeAtMs).map(({ of }) => of);
}

/** Said before Slurm is told: what it then drops is not submitted again. */
export function markCancelled(benchDir: string, token: string): void {
  writeFileSync(join(submissionDir(benchDir, token), FILES.cancelled), '');
}

/** Of a task, by the script that Slurm says it runs: false if nothing is left that says what it is to do. */
export const hasSubmission = (script: string): boolean => existsSync(join(dirname(script), FILES.manifest));

export const isCancelled = (benchDir: string, token: string): boolean =>
  existsSync(join(submissionDir(benchDir, token), FILES.cancelled));

/** Once all that it ran is over, the runs' folders say everything. */
export function removeSubmission(benchDir: string, token: string): void {
  rmSync(submissionDir(benchDir, token), { recursive: true, force: true });
}

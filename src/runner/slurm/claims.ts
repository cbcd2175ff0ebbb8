/**
 * Who may work on a run, on a file system that several machines share. `attempts/1`, `attempts/2`, … each name a
 * process; of two that want the same number one gets it. `attempts/N.end` says how attempt N ended, and is also made
 * once: by its process, or by somebody who found it gone. It is all that counts attempts: Slurm forgets restarts.
 *
 * Of the file system we assume: a file that is created exclusively is created by one process only, and a rename is seen
 * whole. No locks, and no clocks that agree.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../core/errors.ts';
import { jsonIfThere, namesIfThere } from '../../core/if-there.ts';
import { runFiles } from '../../core/places.ts';
import type { ProcessName } from '../../core/process.ts';

export interface Claimant extends ProcessName {
  /** Token and index of the task that it works for. */
  task: string;
}

export interface AttemptEnd {
  exitCode: number | null;
  signal: string | null;
  /** Finished or diverged: there is nothing left to do. */
  settled: boolean;
  /** Something else stopped it: no fault of the cell's. */
  stopped: boolean;
}

export interface Claim {
  attempt: number;
  /** Null while it is being written. */
  claimant: Claimant | null;
  end: AttemptEnd | null;
}

/** The newest one; null before the first. */
export function lastClaim(folder: string): Claim | null {
  const attempt = Math.max(0, ...attemptNumbers(folder));
  if (attempt === 0) return null;
  return { attempt, claimant: jsonIfThere(pathOf(folder, attempt)), end: jsonIfThere(endOf(folder, attempt)) };
}

/**
 * Takes the run for one more attempt, or gives false if another one has this number. A former attempt may still be
 * alive where we cannot look: it goes on writing into a journal that is none any more.
 */
export function claim(folder: string, attempt: number, claimant: Claimant): boolean {
  mkdirSync(join(folder, 'attempts'), { recursive: true, mode: 0o700 });
  if (!createOnce(pathOf(folder, attempt), claimant)) return false;
  if (attempt > 1) replaceJournal(folder);
  return true;
}

/** False if somebody has said its end before: then the attempt counts as theirs says. */
export function endAttempt(folder: string, attempt: number, end: AttemptEnd): boolean {
  return createOnce(endOf(folder, attempt), end);
}

/** Another attempt has begun, or somebody took this one for gone: it must not write any more. */
export function isSuperseded(folder: string, attempt: number): boolean {
  return existsSync(endOf(folder, attempt)) || existsSync(pathOf(folder, attempt + 1));
}

export interface AttemptCounts {
  all: number;
  /** Those that ended by their own fault. */
  failed: number;
}

export function countAttempts(folder: string): AttemptCounts {
  const numbers = attemptNumbers(folder);
  const ends = numbers.map(attempt => jsonIfThere<AttemptEnd>(endOf(folder, attempt)));
  const failed = ends.filter(end => end !== null && !end.stopped && !end.settled).length;
  return { all: numbers.length, failed };
}

/** Whoever has the old one open writes where nobody reads. */
export function replaceJournal(folder: string): void {
  const journal = join(folder, runFiles.journal);
  if (!existsSync(journal)) return;
  const copy = `${journal}.${process.pid}.new`;
  copyFileSync(journal, copy);
  renameSync(copy, journal);
}

const pathOf = (folder: string, attempt: number): string => join(folder, 'attempts', String(attempt));
const endOf = (folder: string, attempt: number): string => `${pathOf(folder, attempt)}.end`;

const attemptNumbers = (folder: string): number[] =>
  namesIfThere(join(folder, 'attempts')).map(Number).filter(Number.isInteger);

function createOnce(path: string, content: object): boolean {
  try {
    writeFileSync(path, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

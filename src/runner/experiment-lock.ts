import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { errorCode } from '../core/errors.ts';
import { cannotWrite } from './run-folder.ts';

/** A lock that its holder has not touched for this long was left by a killed process. */
const STALE_MS = 10_000;

/** Takes the experiment for this process; returns what gives it back, or undefined if another process has it. */
export async function lockExperiment(benchDir: string, experiment: string): Promise<(() => Promise<void>) | undefined> {
  const folder = lockFolder(benchDir);
  try {
    mkdirSync(folder, { recursive: true });
    return await lockfile.lock(join(folder, experiment), { realpath: false, stale: STALE_MS });
  } catch (error) {
    if (errorCode(error) === 'ELOCKED') return undefined;
    throw cannotWrite(folder, error);
  }
}

export async function isExperimentLocked(benchDir: string, experiment: string): Promise<boolean> {
  return lockfile.check(join(lockFolder(benchDir), experiment), { realpath: false, stale: STALE_MS });
}

const lockFolder = (benchDir: string): string => join(benchDir, 'locks');

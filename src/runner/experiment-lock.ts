import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../core/errors.ts';
import { textIfThere } from '../core/if-there.ts';
import { processStart } from '../core/process.ts';
import { cannotWrite } from './run-folder.ts';

/** Takes the experiment for this process; returns what gives it back, or undefined if a living process has it. */
export function lockExperiment(benchDir: string, experiment: string): (() => void) | undefined {
  const path = lockPath(benchDir, experiment);
  try {
    mkdirSync(join(benchDir, 'locks'), { recursive: true, mode: 0o700 });
    if (!isExperimentLocked(benchDir, experiment)) rmSync(path, { force: true });
    writeFileSync(path, `${process.pid} ${processStart(process.pid)}`, { flag: 'wx' });
    return () => rmSync(path, { force: true });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw cannotWrite(path, error);
  }
}

export const isExperimentLocked = (benchDir: string, experiment: string): boolean =>
  lockHolder(benchDir, experiment) !== null;

/** The process that runs the experiment. A lock whose holder is gone is none: a killed bench is not waited for. */
export function lockHolder(benchDir: string, experiment: string): number | null {
  const [, pid, start] = /^(\d+) (.*)$/s.exec(textIfThere(lockPath(benchDir, experiment)) ?? '') ?? [];
  return pid !== undefined && processStart(Number(pid)) === start ? Number(pid) : null;
}

const lockPath = (benchDir: string, experiment: string): string => join(benchDir, 'locks', experiment);

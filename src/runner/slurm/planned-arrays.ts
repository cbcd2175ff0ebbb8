/** From cells to job arrays: how they are cut, and each one's batch script. */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../core/places.ts';
import { batchScript } from './script.ts';
import type { SlurmSettings } from './settings.ts';
import { newToken, submissionDir } from './submission.ts';

export interface ArrayRequest {
  benchDir: string;
  experiment: string;
  settings: SlurmSettings;
  /** The most tasks that an array may have. */
  maxTasks: number;
  /** The folder of the code whose task is started; ours if it is left out. */
  code?: string;
  /** What a task starts instead. */
  program?: readonly string[] | undefined;
}

export interface PlannedArray<T> {
  token: string;
  /** By task: what it runs. */
  chunks: T[][];
  script: string;
}

const TASK = fileURLToPath(new URL('./task.js', import.meta.url));

export function planArrays<T extends { threads: number }>(
  items: readonly T[],
  { benchDir, experiment, settings, maxTasks, code = packageRoot, program = [inCode(code, TASK)] }: ArrayRequest,
): PlannedArray<T>[] {
  return cut(cut(items, settings.cellsPerTask), maxTasks).map(chunks => {
    const token = newToken(experiment);
    const threads = chunks.flat().reduce((most, item) => Math.max(most, item.threads), 1);
    const dir = submissionDir(benchDir, token);
    const command = [process.execPath, ...program];
    const script = batchScript(settings, { token, dir, tasks: chunks.length, threads, program: command });
    return { token, chunks, script };
  });
}

/** The same module of another copy of our code. */
export const inCode = (code: string, module: string): string => join(code, relative(packageRoot, module));

function cut<T>(items: readonly T[], size: number): T[][] {
  const parts = Math.ceil(items.length / size);
  return Array.from({ length: parts }, (_, part) => items.slice(part * size, (part + 1) * size));
}

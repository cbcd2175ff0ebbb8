/** From cells to job arrays: how they are cut, and each one's batch script. */
import { fileURLToPath } from 'node:url';
import { batchScript } from './script.ts';
import type { SlurmSettings } from './settings.ts';
import { newToken, submissionDir } from './submission.ts';

export interface ArrayRequest {
  benchDir: string;
  experiment: string;
  settings: SlurmSettings;
  /** The most tasks that an array may have. */
  maxTasks: number;
  /** What a task starts; ours if it is left out. */
  program?: readonly string[] | undefined;
}

export interface PlannedArray<T> {
  token: string;
  /** By task: what it runs. */
  chunks: T[][];
  script: string;
}

const TASK_PROGRAM = fileURLToPath(new URL('./task.js', import.meta.url));

export function planArrays<T extends { threads: number }>(
  items: readonly T[],
  { benchDir, experiment, settings, maxTasks, program = [TASK_PROGRAM] }: ArrayRequest,
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

function cut<T>(items: readonly T[], size: number): T[][] {
  const parts = Math.ceil(items.length / size);
  return Array.from({ length: parts }, (_, part) => items.slice(part * size, (part + 1) * size));
}

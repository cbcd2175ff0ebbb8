/** The batch script of a job array. */
import type { SlurmSettings } from './settings.ts';
import { taskLog } from './submission.ts';

export interface ScriptRequest {
  token: string;
  /** Of the submission. */
  dir: string;
  tasks: number;
  /** Threads of a cell. */
  threads: number;
  /** What a task starts; the submission's folder and the task's index follow. */
  program: readonly string[];
}

/**
 * `open-mode=append`: a task that is queued again keeps its log. `signal=B:`: without it only steps get the signal, and
 * ours is the batch process itself, as the last line replaces the shell.
 */
export function batchScript(settings: SlurmSettings, { token, dir, tasks, threads, program }: ScriptRequest): string {
  const limit = settings.arrayLimit === undefined ? '' : `%${settings.arrayLimit}`;
  const options = {
    'job-name': token,
    comment: token,
    array: `0-${tasks - 1}${limit}`,
    ntasks: '1',
    'cpus-per-task': String(settings.cpus ?? threads),
    output: taskLog(dir.replaceAll('%', '%%'), '%a'),
    'open-mode': 'append',
    signal: `B:USR1@${settings.warningSeconds}`,
    partition: settings.partition,
    account: settings.account,
    qos: settings.qos,
    time: settings.time,
    mem: settings.memory,
    gpus: settings.gpus > 0 ? String(settings.gpus) : undefined,
  };
  const given = Object.entries(options).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [
    '#!/bin/bash',
    ...given.map(([name, value]) => `#SBATCH --${name}=${quoted(value)}`),
    '#SBATCH --requeue',
    ...settings.options.map(option => `#SBATCH ${option}`),
    ...(settings.nodeCache === undefined ? [] : [`export BENCH_CACHE_DIR=${quoted(settings.nodeCache)}`]),
    ...settings.setup,
    `exec ${[...program, dir].map(quoted).join(' ')} "$SLURM_ARRAY_TASK_ID"`,
    '',
  ].join('\n');
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** Tasks of the obedient worker, for tests of executors. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../../src/core/journal.ts';
import { runDir } from '../../src/core/places.ts';
import type { Executor, Task, TaskState } from '../../src/runner/executor.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { makeCell } from '../tracking/events.ts';
import { programArguments } from '../typescript-program.ts';

export const WORKER: readonly string[] = programArguments('slurm/processes/obedient-worker.ts', import.meta.url);
export const TASK_PROGRAM: readonly string[] = programArguments('../../src/runner/slurm/task.ts', import.meta.url);

export function newTask(benchDir: string, run: string): Task {
  const folder = runDir(run, benchDir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ run, cell: makeCell() }));
  return { run, folder, threads: 1 };
}

/** Its worker exits, now or as soon as it starts. */
export const finish = ({ folder }: Task, exitCode = 0): void => writeFileSync(join(folder, 'exit'), String(exitCode));

export const wordsOf = ({ folder }: Task): JournalEvent[] => [...journalEvents(join(folder, 'journal'))];
export const endsOf = (task: Task): JournalEvent[] => wordsOf(task).filter(event => event.type === 'end');
export const stepsOf = (task: Task): number[] =>
  wordsOf(task).flatMap(event => (event.type === 'points' ? [event.step] : []));

type States = readonly (TaskState | undefined)[];
export const allAre =
  (phase: TaskState['phase']) =>
  (states: States): boolean =>
    states.every(state => state?.phase === phase);

export async function until(executor: Executor, isSo: (states: States) => boolean, tasks: readonly Task[]) {
  for (let turn = 0; turn < 600; turn++) {
    const states = tasks.map(({ run }) => executor.poll().get(run));
    if (isSo(states)) return states;
    await executor.settle(50);
  }
  throw new Error(`waited in vain: ${JSON.stringify([...executor.poll()])}`);
}

/** Steps have been written, so that there is something to stop. */
export const untilWritten = (executor: Executor, tasks: readonly Task[], after = 0) =>
  until(executor, states => allAre('running')(states) && tasks.every(task => stepsOf(task).length > after + 2), tasks);

/** Every executor keeps the same promises, with the same worker. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Executor, Task } from '../../src/runner/executor.ts';
import { LocalExecutor } from '../../src/runner/local-executor.ts';
import { parseSettings } from '../../src/runner/slurm/settings.ts';
import { SlurmExecutor } from '../../src/runner/slurm/slurm-executor.ts';
import { newFolder } from '../new-folder.ts';
import {
  allAre,
  endsOf,
  finish,
  newTask as newTaskIn,
  TASK_PROGRAM,
  until,
  untilWritten,
  WORKER,
  wordsOf,
} from './obedient-tasks.ts';
import { installFakeSlurm } from './slurm/fake.ts';

const slurm = installFakeSlurm();
afterAll(() => slurm.remove());

let benchDir: string;
beforeEach(() => {
  benchDir = newFolder();
});

const makeLocal = (places: number): Executor => new LocalExecutor(places, WORKER);
const makeSlurm = (arrayLimit: number): Executor =>
  new SlurmExecutor({
    benchDir,
    experiment: 'degradation-34',
    settings: parseSettings({ kind: 'slurm', arrayLimit, retries: 0 }, 'test'),
    say: () => {},
    worker: WORKER,
    program: TASK_PROGRAM,
    pollMs: 50,
  });

const newTask = (run: string): Task => newTaskIn(benchDir, run);

describe.each([
  ['the local pool', makeLocal],
  ['Slurm', makeSlurm],
])('%s', (_name, make) => {
  test('runs each task to its end, with its exit code and what it printed', async () => {
    const [good, bad] = [newTask('aaaaaaaaaaa1'), newTask('aaaaaaaaaaa2')];
    finish(good);
    finish(bad, 4);
    const executor = make(2);
    await executor.submit([good, bad]);
    expect(await until(executor, allAre('ended'), [good, bad])).toMatchObject([
      { phase: 'ended', exitCode: 0, signal: null },
      { phase: 'ended', exitCode: 4, signal: null },
    ]);
    for (const task of [good, bad]) {
      const printed = executor.logs(task.run).map(path => readFileSync(path, 'utf8'));
      expect(printed.join('')).toContain(`attempt 1 of ${task.run}`);
    }
  });

  test('runs no more tasks at once than it has places', async () => {
    const tasks = ['aaaaaaaaaaa1', 'aaaaaaaaaaa2'].map(newTask);
    const executor = make(1);
    await executor.submit(tasks);
    const [first, second] = await until(executor, states => states.some(state => state?.phase === 'running'), tasks);
    expect([first?.phase, second?.phase].sort()).toEqual(['queued', 'running']);
    tasks.forEach(task => void finish(task));
    await until(executor, allAre('ended'), tasks);
  });

  test('asks running tasks to stop, and drops those that wait', async () => {
    const [runs, waits] = [newTask('aaaaaaaaaaa1'), newTask('aaaaaaaaaaa2')];
    const executor = make(1);
    await executor.submit([runs, waits]);
    await untilWritten(executor, [runs]);
    await executor.cancel('ask');
    await until(executor, allAre('ended'), [runs, waits]);
    expect(endsOf(runs)).toMatchObject([{ state: 'killed', reason: 'stopped by SIGTERM' }]);
    expect(wordsOf(waits)).toEqual([]);
  });

  test('kills without asking, and the journal says so', async () => {
    const task = newTask('aaaaaaaaaaa1');
    const executor = make(1);
    await executor.submit([task]);
    await untilWritten(executor, [task]);
    await executor.cancel('kill');
    await until(executor, allAre('ended'), [task]);
    expect(endsOf(task)).toMatchObject([{ state: 'killed', reason: expect.not.stringContaining('SIGTERM') }]);
  });
});

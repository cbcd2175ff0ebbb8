/** Every executor keeps the same promises, with the same worker. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot, runDir } from '../../src/core/places.ts';
import type { Executor, Task, TaskState } from '../../src/runner/executor.ts';
import { journalEvents } from '../../src/runner/journal-events.ts';
import { LocalExecutor } from '../../src/runner/local-executor.ts';
import { parseSettings } from '../../src/runner/slurm/settings.ts';
import { SlurmExecutor } from '../../src/runner/slurm/slurm-executor.ts';
import { makeCell } from '../tracking/events.ts';
import { installFakeSlurm } from './slurm/fake.ts';

const JITI = join(packageRoot, 'node_modules/jiti/lib/jiti-cli.mjs');
const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const WORKER = [JITI, pathOf('slurm/processes/obedient-worker.ts')];
const TASK_PROGRAM = [JITI, pathOf('../../src/runner/slurm/task.ts')];

const slurm = installFakeSlurm();
afterAll(() => slurm.remove());

let benchDir: string;
let said: string[];
beforeEach(() => {
  benchDir = mkdtempSync(join(tmpdir(), 'executor-'));
  said = [];
});
afterEach(() => rmSync(benchDir, { recursive: true, force: true }));

const makeLocal = (places: number): Executor => new LocalExecutor(places, WORKER);
const makeSlurm = (arrayLimit: number, more = {}): Executor =>
  new SlurmExecutor({
    benchDir,
    experiment: 'degradation-34',
    settings: parseSettings({ kind: 'slurm', arrayLimit, retries: 0, ...more }, 'test'),
    say: line => said.push(line),
    worker: WORKER,
    program: TASK_PROGRAM,
    pollMs: 50,
  });

function newTask(run: string): Task {
  const folder = runDir(run, benchDir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ run, cell: makeCell() }));
  return { run, folder, threads: 1 };
}

const finish = ({ folder }: Task, exitCode = 0): void => writeFileSync(join(folder, 'exit'), String(exitCode));
const wordsOf = ({ folder }: Task) => [...journalEvents(join(folder, 'journal'))];
const endsOf = (task: Task) => wordsOf(task).filter(event => event.type === 'end');
const stepsOf = (task: Task) => wordsOf(task).flatMap(event => (event.type === 'points' ? [event.step] : []));

async function until(executor: Executor, isSo: (states: (TaskState | undefined)[]) => boolean, tasks: readonly Task[]) {
  for (let turn = 0; turn < 300; turn++) {
    const states = tasks.map(({ run }) => executor.poll().get(run));
    if (isSo(states)) return states;
    await executor.settle(50);
  }
  throw new Error(`waited in vain: ${JSON.stringify([...executor.poll()])}\n${said.join('\n')}`);
}
const allAre = (phase: string) => (states: (TaskState | undefined)[]) => states.every(state => state?.phase === phase);

/** Steps have been written, so that there is something to stop. */
const untilWritten = (executor: Executor, tasks: readonly Task[]) =>
  until(executor, states => allAre('running')(states) && tasks.every(task => stepsOf(task).length > 2), tasks);

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

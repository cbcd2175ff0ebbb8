/** What only a cluster can do to cells, by the fake of Slurm's commands: `npm run test:cluster` does it with a real one. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Executor, Task } from '../../../src/runner/executor.ts';
import { countAttempts, lastClaim } from '../../../src/runner/slurm/claims.ts';
import { parseSettings, type SlurmSpec } from '../../../src/runner/slurm/settings.ts';
import { SlurmExecutor } from '../../../src/runner/slurm/slurm-executor.ts';
import { newFolder } from '../../new-folder.ts';
import {
  allAre,
  endsOf,
  finish,
  newTask as newTaskIn,
  stepsOf,
  TASK_PROGRAM,
  until,
  untilWritten,
  WORKER,
} from '../obedient-tasks.ts';
import { type FakeSlurm, installFakeSlurm } from './fake.ts';

let slurm: FakeSlurm;
let benchDir: string;
let said: string[];
beforeEach(() => {
  slurm = installFakeSlurm();
  benchDir = newFolder();
  said = [];
});
afterEach(() => slurm.remove());

const make = (spec: SlurmSpec = {}): Executor =>
  new SlurmExecutor({
    benchDir,
    experiment: 'x',
    settings: parseSettings({ kind: 'slurm', retries: 0, ...spec }, 'test'),
    say: line => said.push(line),
    worker: WORKER,
    program: TASK_PROGRAM,
    pollMs: 100,
  });
const newTask = (number: number): Task => newTaskIn(benchDir, `aaaaaaaaaaa${number}`);
const tokens = (): string[] => readdirSync(join(benchDir, 'slurm'));

/** The steps of all attempts together are those of one. */
function expectWhole(task: Task): void {
  const steps = stepsOf(task);
  expect(steps).toEqual(steps.map((_, i) => i + 1));
}

test('a cell that fails is tried again as often as retries says; the next cell of its task runs all the same', async () => {
  const [poisoned, good] = [newTask(1), newTask(2)];
  finish(poisoned, 4);
  finish(good);
  const executor = make({ retries: 2, cellsPerTask: 2 });
  await executor.submit([poisoned, good]);
  const states = await until(executor, allAre('ended'), [poisoned, good]);
  expect(states).toMatchObject([{ exitCode: 4 }, { exitCode: 0 }]);
  expect(countAttempts(poisoned.folder)).toEqual({ all: 3, failed: 3 });
  expect(countAttempts(good.folder)).toEqual({ all: 1, failed: 0 });
  expect(tokens()).toHaveLength(1);
});

// Its worker notices, and stops with a checkpoint.
test('a task that is killed is submitted again, and goes on where it was', async () => {
  const task = newTask(1);
  const executor = make({ retries: 1 });
  await executor.submit([task]);
  await untilWritten(executor, [task]);
  process.kill(lastClaim(task.folder)?.claimant?.pid as number, 'SIGKILL');
  await until(executor, () => countAttempts(task.folder).all === 2, [task]);
  await untilWritten(executor, [task], stepsOf(task).length);
  finish(task);
  await until(executor, allAre('ended'), [task]);
  expect(said.join('\n')).toMatch(/1 cells ended without a result: submitted again\./);
  expect(endsOf(task).map(event => event.type === 'end' && event.state)).toEqual(['killed', 'finished']);
  expectWhole(task);
});

test('what is queued again is not held for two minutes while somebody follows', async () => {
  const task = newTask(1);
  const executor = make();
  await executor.submit([task]);
  await untilWritten(executor, [task]);
  execFileSync('scontrol', ['requeue', '1_0']);
  await until(executor, () => countAttempts(task.folder).all === 2, [task]);
  finish(task);
  await until(executor, allAre('ended'), [task]);
  expect(countAttempts(task.folder)).toEqual({ all: 2, failed: 0 });
  expect(tokens()).toHaveLength(1);
  expectWhole(task);
});

test('a controller that does not answer is no end of anything', async () => {
  const task = newTask(1);
  const executor = make();
  await executor.submit([task]);
  await untilWritten(executor, [task]);
  slurm.goAway();
  await until(executor, () => said.some(line => line.startsWith("Slurm's controller does not answer")), [task]);
  expect(executor.poll().get(task.run)).toEqual({ phase: 'running' });
  finish(task);
  slurm.comeBack();
  expect(await until(executor, allAre('ended'), [task])).toMatchObject([{ exitCode: 0 }]);
  expect(said).toContain('Slurm answers again.');
  expect(countAttempts(task.folder).all).toBe(1);
});

test('what Slurm has forgotten is submitted again', async () => {
  const task = newTask(1);
  const executor = make();
  slurm.forgetNext();
  await executor.submit([task]);
  finish(task);
  expect(await until(executor, allAre('ended'), [task])).toMatchObject([{ exitCode: 0 }]);
  expect(tokens()).toHaveLength(2);
  expect(countAttempts(task.folder).all).toBe(1);
});

test('another follower takes up what waits and runs, and submits only the rest', async () => {
  const [first, second] = [newTask(1), newTask(2)];
  await make().submit([first]);
  const executor = make();
  await executor.submit([first, second]);
  expect(said).toContain("1 cells are in Slurm's hands already: following them.");
  expect(tokens()).toHaveLength(2);
  for (const task of [first, second]) finish(task);
  expect(await until(executor, allAre('ended'), [first, second])).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
  for (const { folder } of [first, second]) expect(countAttempts(folder).all).toBe(1);
});

test('an array that is submitted twice runs each cell once', async () => {
  const task = newTask(1);
  const executor = make();
  await executor.submit([task]);
  await untilWritten(executor, [task]);
  const dir = join(benchDir, 'slurm', tokens()[0] as string);
  execFileSync('sbatch', ['--parsable', join(dir, 'script.sh')]);
  await until(executor, () => /attempt 1 may still run: waiting/.test(readFileSync(join(dir, '0.log'), 'utf8')), [
    task,
  ]);
  finish(task);
  await until(executor, allAre('ended'), [task]);
  await until(executor, () => slurm.states().every(state => state === 'COMPLETED'), [task]);
  expect(countAttempts(task.folder).all).toBe(1);
  expectWhole(task);
});

test('more cells than the cluster allows in an array become several', async () => {
  const tasks = [1, 2, 3, 4].map(newTask);
  for (const task of tasks) finish(task);
  const executor = make();
  await executor.submit(tasks);
  await until(executor, allAre('ended'), tasks);
  expect(said.filter(line => /^Slurm job \d+: [31] tasks/.test(line))).toHaveLength(2);
});

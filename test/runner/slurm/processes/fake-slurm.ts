/**
 * Slurm's four commands without Slurm: `fake-slurm PROGRAM ARGUMENTS…`, with its state in $FAKE_SLURM_DIR. It says what a
 * real one (22.05) said to the same calls, and really runs tasks. An option that it does not know is a mistake of ours.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

interface FakeTask {
  job: number;
  index: number;
  name: string;
  script: string;
  state: string;
  reason: string;
  pid: number | null;
  /** What was asked of it: its scheduler does it. */
  wish: 'cancel' | 'requeue' | 'release' | null;
}

const HELD_MS = 120_000;
const dir = process.env.FAKE_SLURM_DIR as string;
const [program, ...args] = process.argv.slice(2) as [string, ...string[]];
const programs: Record<string, () => void | Promise<void>> = { sbatch, squeue, scontrol, scancel, scheduler };
if (existsSync(join(dir, 'away')) && program !== 'scheduler')
  fail('Unable to contact slurm controller (connect failure)');
await (programs[program] as () => void | Promise<void>)();

function sbatch(): void {
  const { positionals } = parseArgs({ args, options: { parsable: { type: 'boolean' } }, allowPositionals: true });
  const script = positionals[0] as string;
  const { array = '', 'job-name': name = '', partition } = optionsIn(script);
  const [, last = '', limit = ''] = /^0-(\d+)(?:%(\d+))?$/.exec(array) ?? [];
  if (partition === 'nowhere') fail('invalid partition specified: nowhere');
  const job = readdirSync(dir).filter(entry => entry.endsWith('.job')).length + 1;
  mkdirSync(join(dir, `${job}.job`));
  if (existsSync(join(dir, 'forgetful'))) {
    rmSync(join(dir, 'forgetful'));
    say(String(job));
    return;
  }
  for (let index = 0; index <= Number(last); index++)
    save({ job, index, name, script, state: 'PENDING', reason: 'None', pid: null, wish: null });
  const ofThisJob = [String(job), limit || '1000'];
  spawn(join(dir, 'bin/scheduler'), ofThisJob, { detached: true, stdio: 'ignore' }).unref();
  say(String(job));
}

function squeue(): void {
  const { values } = parseArgs({
    args,
    options: {
      array: { type: 'boolean' },
      me: { type: 'boolean' },
      noheader: { type: 'boolean' },
      states: { type: 'string' },
      format: { type: 'string' },
      name: { type: 'string', default: '' },
    },
  });
  if (values.format !== '%F|%K|%T|%r|%j') fail(`the fake knows no format ${values.format}`);
  const names = values.name.split(',');
  for (const { job, index, state, reason, name } of allTasks().filter(task => names.includes(task.name)))
    say([job, index, state, reason, name].join('|'));
}

function scontrol(): void {
  const [what, id = '', how] = args;
  const { job, index } = /(?:JobId=)?(?<job>\d+)_(?<index>\d+)/.exec(id)?.groups ?? {};
  if (what === 'show') say('MaxArraySize            = 4');
  else if (what === 'requeue') wish(load(Number(job), Number(index)), 'requeue');
  else if (what === 'update' && how === 'StartTime=now') wish(load(Number(job), Number(index)), 'release');
  else fail(`the fake cannot ${args.join(' ')}`);
}

function scancel(): void {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string' },
      signal: { type: 'string' },
      full: { type: 'boolean' },
      state: { type: 'string' },
    },
  });
  for (const task of allTasks().filter(({ name, state }) => name === values.name && /PENDING|RUNNING/.test(state))) {
    if (values.state !== undefined && task.state !== values.state) continue;
    if (values.signal === undefined) wish(task, 'cancel');
    else if (task.pid !== null) process.kill(-task.pid, `SIG${values.signal}`);
  }
}

/** Of one array: starts its tasks, as many at once as it may, and sees them end. */
async function scheduler(): Promise<void> {
  const [job, limit] = args.map(Number) as [number, number];
  const children = new Map<number, ChildProcess>();
  const heldUntilMs = new Map<number, number>();
  const ended = (task: FakeTask, state: string): void => {
    children.delete(task.index);
    const isRequeued = state === 'REQUEUED';
    if (isRequeued) heldUntilMs.set(task.index, Date.now() + HELD_MS);
    const now = isRequeued ? { state: 'PENDING', reason: 'BeginTime' } : { state, reason: 'None' };
    save({ ...load(job, task.index), ...now, pid: null, wish: null });
  };
  for (let isOpen = true; isOpen; await delay(20)) {
    isOpen = false;
    for (const task of allTasks().filter(one => one.job === job)) {
      if (task.wish === 'release') {
        heldUntilMs.delete(task.index);
        save({ ...task, wish: null });
      }
      const isHeld = Date.now() < (heldUntilMs.get(task.index) ?? 0);
      if (task.state === 'PENDING' && task.wish === 'cancel') ended(task, 'CANCELLED');
      else if (task.state === 'PENDING' && !isHeld && children.size < limit)
        children.set(task.index, start(task, ended));
      else if (task.state === 'PENDING' && !isHeld && task.reason !== 'JobArrayTaskLimit')
        save({ ...task, reason: 'JobArrayTaskLimit' });
      else if (task.state === 'RUNNING' && (task.wish === 'cancel' || task.wish === 'requeue'))
        process.kill(-(task.pid as number), 'SIGTERM');
      isOpen ||= /PENDING|RUNNING/.test(task.state);
    }
  }
}

function start(task: FakeTask, ended: (task: FakeTask, state: string) => void): ChildProcess {
  const { output = '' } = optionsIn(task.script);
  const log = openSync(output.replace('%a', String(task.index)), 'a');
  const env = { ...process.env, SLURM_ARRAY_JOB_ID: String(task.job), SLURM_ARRAY_TASK_ID: String(task.index) };
  const child = spawn('bash', [task.script], { detached: true, stdio: ['ignore', log, log], env });
  closeSync(log);
  save({ ...task, state: 'RUNNING', reason: 'None', pid: child.pid as number, wish: null });
  child.once('exit', code => {
    const { wish: wished } = load(task.job, task.index);
    if (wished === 'requeue') ended(task, 'REQUEUED');
    else if (wished === 'cancel') ended(task, 'CANCELLED');
    else ended(task, code === 0 ? 'COMPLETED' : 'FAILED');
  });
  return child;
}

function optionsIn(script: string): Record<string, string> {
  const lines = readFileSync(script, 'utf8').matchAll(/^#SBATCH --([\w-]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

function allTasks(): FakeTask[] {
  const jobs = readdirSync(dir).filter(name => name.endsWith('.job'));
  return jobs.flatMap(job =>
    readdirSync(join(dir, job))
      .filter(name => /^\d+$/.test(name))
      .map(index => load(Number.parseInt(job, 10), Number(index))),
  );
}

function load(job: number, index: number): FakeTask {
  return JSON.parse(readFileSync(join(dir, `${job}.job`, String(index)), 'utf8')) as FakeTask;
}

function save(task: FakeTask): void {
  const path = join(dir, `${task.job}.job`, String(task.index));
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(task));
  renameSync(`${path}.${process.pid}`, path);
}

function wish(task: FakeTask, what: FakeTask['wish']): void {
  save({ ...task, wish: what });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(why: string): never {
  process.stderr.write(`${program}: error: ${why}\n`);
  process.exit(1);
}

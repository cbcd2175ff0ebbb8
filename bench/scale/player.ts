/** Plays Slurm's controller and all of its tasks: `player DIR AT_ONCE STEPS LOST_ONCE_IN`. It goes on until it is ended. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { queueKey } from '../../src/runner/slurm/queue.ts';
import { readSubmission, type SubmittedTask } from '../../src/runner/slurm/submission.ts';
import { PlayedCell } from './played-cell.ts';

interface PlayedTask {
  job: string;
  index: number;
  token: string;
  state: string;
  cells: SubmittedTask[];
  playing: PlayedCell | null;
  endedAtMs: number;
}

const QUEUE_MS = 500;
/** As a controller forgets them after its MinJobAge. */
const FORGET_MS = 20_000;

const [dir = '', ...numbers] = process.argv.slice(2);
const [atOnce = 1, steps = 1, lostOnceIn = 1] = numbers.map(Number);
const seen = new Set<string>();
const waiting: PlayedTask[] = [];
const running = new Set<PlayedTask>();
const over = new Set<PlayedTask>();
let begun = 0;
for (let writtenAtMs = 0; ; await delay(running.size > 0 ? 0 : 50)) {
  takeSubmissions();
  while (running.size < atOnce && waiting.length > 0) start(waiting.pop() as PlayedTask);
  for (const task of running) advance(task);
  if (performance.now() - writtenAtMs < QUEUE_MS) continue;
  writtenAtMs = performance.now();
  writeQueue();
}

function takeSubmissions(): void {
  for (const job of readdirSync(join(dir, 'submitted')).filter(name => /^\d+$/.test(name) && !seen.has(name))) {
    seen.add(job);
    const { token, tasks } = readSubmission(dirname(readFileSync(join(dir, 'submitted', job), 'utf8').trim()));
    const made = tasks.map((cells, index) => ({ job, index, token, cells: [...cells] }));
    waiting.push(...made.map(task => ({ ...task, state: 'PENDING', playing: null, endedAtMs: 0 })).reverse());
  }
}

function start(task: PlayedTask): void {
  task.state = 'RUNNING';
  running.add(task);
  next(task);
}

function next(task: PlayedTask): void {
  const cell = task.cells.shift();
  const name = queueKey(task.token, task.index);
  task.playing = cell === undefined ? null : new PlayedCell(cell, name, steps, ++begun % lostOnceIn === 0);
}

function advance(task: PlayedTask): void {
  if (task.playing?.advance()) return;
  const state = task.playing?.state ?? 'COMPLETED';
  if (state === 'COMPLETED') next(task);
  if (state === 'COMPLETED' && task.playing !== null) return;
  Object.assign(task, { state, endedAtMs: performance.now() });
  running.delete(task);
  over.add(task);
}

/** What squeue prints. */
function writeQueue(): void {
  for (const task of over) if (performance.now() - task.endedAtMs > FORGET_MS) over.delete(task);
  const lines = [...waiting, ...running, ...over].map(
    ({ job, index, state, token }) =>
      `${job}|${index}|${state}|${state === 'PENDING' ? 'Resources' : 'None'}|${token}\n`,
  );
  writeFileSync(join(dir, 'queue.new'), lines.join(''));
  renameSync(join(dir, 'queue.new'), join(dir, 'queue'));
}

/** Orders to a tool's program, each in a process of its own, and what it answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tool } from './tools.ts';
import { SCRIPTS } from './venvs.ts';

const OURS = [process.execPath, fileURLToPath(new URL('ours.js', import.meta.url))];
/** A service that a tool leaves behind may hold its pipe open for ever. */
const PIPE_MS = 2000;

export class Orders {
  readonly #writer: readonly string[];
  readonly #reader: readonly string[];
  /** On the monotonic clock, to be set before an order is given: what takes longer is stopped. */
  deadlineMs = 0;

  /** `python`: the tool's own, if it needs one. */
  constructor(tool: Tool, python = 'python3') {
    this.#writer = tool.writer === undefined ? OURS : [python, join(SCRIPTS, 'drive.py'), tool.writer];
    this.#reader = tool.readByOurs ? OURS : this.#writer;
  }

  pace(folder: string, seconds: number, paceSeconds: number) {
    type Waits = { steps: number; median: number; p99: number; worst: number };
    return this.#ask<Waits>(this.#writer, 'pace', folder, seconds, paceSeconds);
  }

  rush(folder: string, seconds: number) {
    return this.#ask<{ points: number; seconds: number }>(this.#writer, 'rush', folder, seconds);
  }

  write(folder: string, steps: number) {
    return this.#ask<{ worst: number }>(this.#writer, 'write', folder, steps);
  }

  async stepsIn(folder: string): Promise<number> {
    return (await this.#ask<{ steps: number }>(this.#reader, 'read', folder)).steps;
  }

  find(folder: string, runs: number, seconds: number) {
    return this.#ask<{ runs: number; ms: number | null }>(this.#reader, 'find', folder, runs, seconds);
  }

  /** Steps whose call had returned when the process was killed: it says each through a pipe. */
  async killed(folder: string, paceSeconds: number, afterMs: number): Promise<number> {
    const child = start(this.#writer, 'until_killed', folder, paceSeconds);
    const ended = endOf(child);
    await Promise.race([once(child.stdout, 'data').then(() => sleep(afterMs)), ended, pause(this.#leftMs)]);
    child.kill('SIGKILL');
    return (await ended).stdout.split('\n').filter(line => /^\d+$/.test(line)).length;
  }

  async #ask<T>(program: readonly string[], order: string, folder: string, ...numbers: number[]): Promise<T> {
    const child = start(program, order, folder, ...numbers);
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#leftMs);
    const { code, signal, stdout, stderr } = await endOf(child).finally(() => clearTimeout(timer));
    if (code === 0) return JSON.parse(stdout.trim().split('\n').at(-1) as string) as T;
    if (signal === 'SIGKILL') throw new Error(`"${order}" was stopped: its time was over`);
    throw new Error(`"${order}" ended with ${code ?? signal}: ${stderr.trim().split('\n').at(-1)}`);
  }

  get #leftMs(): number {
    return Math.max(0, this.deadlineMs - performance.now());
  }
}

const start = (program: readonly string[], order: string, folder: string, ...numbers: number[]) => {
  const [file = '', ...args] = [...program, order, folder, ...numbers.map(String)];
  return spawn(file, args, { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'] });
};

async function endOf(child: ReturnType<typeof start>) {
  const said = { stdout: '', stderr: '' };
  for (const pipe of ['stdout', 'stderr'] as const) {
    child[pipe].on('data', data => {
      said[pipe] += data;
    });
  }
  const closed = once(child, 'close').catch(() => {});
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  await Promise.race([closed, pause(PIPE_MS)]);
  for (const pipe of [child.stdout, child.stderr]) pipe.destroy();
  return { code, signal, ...said };
}

/** Nobody waits for it at the end of the program. */
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

/** Whatever a tool keeps for its user stays in the folder too, and it calls nobody. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ HOME: folder, TMPDIR: folder, DO_NOT_TRACK: '1', PYTHONDONTWRITEBYTECODE: '1', HF_HUB_OFFLINE: '1' },
});

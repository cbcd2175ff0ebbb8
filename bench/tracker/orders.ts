/** Orders to a tool's program, each in a process of its own, and what it answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Tool } from './tools.ts';
import { SCRIPTS } from './venvs.ts';

const OURS = [process.execPath, fileURLToPath(new URL('ours.js', import.meta.url))];
/** A tool that answers no more costs the others no more than this. */
const ORDER_MS = 90_000;

export class Orders {
  readonly #writer: readonly string[];
  readonly #reader: readonly string[];

  /** `python`: the tool's own, if it needs one. */
  constructor(tool: Tool, python = 'python3') {
    this.#writer = tool.writer === undefined ? OURS : [python, join(SCRIPTS, 'drive.py'), tool.writer];
    this.#reader = tool.readByOurs ? OURS : this.#writer;
  }

  pace(folder: string, seconds: number, paceSeconds: number) {
    type Waits = { steps: number; median: number; p99: number; worst: number };
    return ask<Waits>(this.#writer, 'pace', folder, seconds, paceSeconds);
  }

  rush(folder: string, seconds: number) {
    return ask<{ points: number; seconds: number }>(this.#writer, 'rush', folder, seconds);
  }

  write(folder: string, steps: number) {
    return ask<object>(this.#writer, 'write', folder, steps);
  }

  async stepsIn(folder: string): Promise<number> {
    return (await ask<{ steps: number }>(this.#reader, 'read', folder)).steps;
  }

  find(folder: string, runs: number, seconds: number) {
    return ask<{ runs: number; ms: number | null }>(this.#reader, 'find', folder, runs, seconds);
  }

  /** Steps whose call had returned when the process was killed: it says each through a pipe. */
  async killed(folder: string, paceSeconds: number, afterMs: number): Promise<number> {
    const [program = '', ...args] = [...this.#writer, 'until_killed', folder, String(paceSeconds)];
    const child = spawn(program, args, { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'ignore'] });
    const closed = once(child, 'close');
    let said = '';
    child.stdout.on('data', data => {
      said += data;
    });
    if ((await Promise.race([once(child.stdout, 'data'), closed, sleep(ORDER_MS)])) !== undefined) await sleep(afterMs);
    child.kill('SIGKILL');
    await closed;
    return said.split('\n').filter(line => /^\d+$/.test(line)).length;
  }
}

async function ask<T>(program: readonly string[], order: string, folder: string, ...numbers: number[]): Promise<T> {
  const [file = '', ...args] = [...program, order, folder, ...numbers.map(String)];
  const options = { cwd: folder, env: environment(folder), timeout: ORDER_MS, stdin: 'ignore' } as const;
  const { stdout } = await execa(file, args, options);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as T;
}

/** Whatever a tool keeps for its user stays in the folder too, and it calls nobody. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ HOME: folder, TMPDIR: folder, DO_NOT_TRACK: '1', PYTHONDONTWRITEBYTECODE: '1', HF_HUB_OFFLINE: '1' },
});

export function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

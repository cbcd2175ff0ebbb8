/** A checkout with the real setup.mjs and stand-ins for what it starts; each of them writes down when it was started. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** `SLOW` and `FAIL` name the program that takes its time, or fails. */
const PROGRAM = (name: string): string => `
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
const log = word => appendFileSync(process.env.CALLS, [word, '${name}', ...args].join(' ') + '\\n');
log('start');
if (process.env.FAIL === '${name}') {
  console.error('first line\\n'.repeat(20) + 'the reason');
  process.exit(3);
}
setTimeout(() => log('end'), process.env.SLOW === '${name}' ? 1500 : 0);
`;

const MAIN = `${PROGRAM('bench')}
if (args[0] === 'wait') {
  process.on('SIGTERM', () => process.exit(77));
  log('listening');
  setInterval(() => {}, 1000);
}
if (args[0] === 'exit') process.exitCode = Number(args[1]);
`;

const COMPILER = `${PROGRAM('tsc')}
const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('dist/src/cli', { recursive: true });
writeFileSync('dist/src/cli/main.js', ${JSON.stringify(MAIN)});
`;

const NPM = `#!${process.execPath}
${PROGRAM('npm')}
const { mkdirSync, writeFileSync } = require('node:fs');
if (args[0] === 'ci' || args[0] === 'install') {
  mkdirSync('node_modules/typescript/bin', { recursive: true });
  writeFileSync('node_modules/typescript/bin/tsc', ${JSON.stringify(COMPILER)});
}
`;

export interface Outcome {
  exitCode: number | null;
  stderr: string;
}

export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-setup-'));
  readonly lock = join(this.folder, '.setup.lock');

  constructor() {
    copyFileSync('setup.mjs', join(this.folder, 'setup.mjs'));
    for (const name of ['package.json', 'package-lock.json']) this.write(name, '{}');
    this.write('src/cli/main.ts', '');
    this.write('bin/npm', NPM);
    chmodSync(join(this.folder, 'bin/npm'), 0o755);
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  start(args: readonly string[], { env = {}, uid, node = [] }: StartOptions = {}): ChildProcess {
    const PATH = `${join(this.folder, 'bin')}${delimiter}${process.env.PATH}`;
    return spawn(process.execPath, [...node, join(this.folder, 'setup.mjs'), ...args], {
      env: { ...process.env, PATH, CALLS: join(this.folder, 'calls'), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(uid !== undefined && { uid }),
    });
  }

  setUp(args: readonly string[], options: StartOptions = {}): Promise<Outcome> {
    return outcomeOf(this.start(args, options));
  }

  /** What was started since the last call of this, and what came to its own end. */
  takeCalls(): string[] {
    const file = join(this.folder, 'calls');
    const calls = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    rmSync(file, { force: true });
    return calls;
  }

  /** Waits until a program has written that it starts, or another word. */
  async seen(call: string): Promise<void> {
    const file = join(this.folder, 'calls');
    while (!existsSync(file) || !readFileSync(file, 'utf8').includes(call))
      await new Promise(resolve => setTimeout(resolve, 10));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  /** Options of Node. */
  node?: readonly string[];
}

export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const closed = new Promise<number | null>(resolve => child.on('close', resolve));
  const stderr = await text(child.stderr as NodeJS.ReadableStream);
  return { exitCode: await closed, stderr };
}

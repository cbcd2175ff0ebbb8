/** A Python program that speaks JSON lines on its standard input and output: the way to MLflow's own client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EXIT, UserError } from '../core/errors.ts';
import { packageRoot } from '../core/places.ts';

const LINES_OF_ERROR = 1;

export class PythonProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | string>;
  #stderr = '';

  /** `python`: the interpreter that has MLflow. */
  constructor(python: string, args: readonly string[]) {
    const script = join(packageRoot, 'python/convbench_mlflow.py');
    this.#child = spawn(python, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr?.on('data', data => {
      this.#stderr = `${this.#stderr}${data}`.slice(-10_000);
    });
    // If it ends early its exit tells why; a broken pipe says nothing more.
    this.#child.stdin?.on('error', () => {});
    this.#ended = new Promise(resolve => {
      this.#child.once('error', error => resolve(error.message));
      this.#child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
  }

  /** Waits while Python has enough to do. */
  async send(value: unknown): Promise<void> {
    const stdin = this.#child.stdin;
    if (!stdin?.writable) return await this.finish();
    if (!stdin.write(`${JSON.stringify(value)}\n`)) await Promise.race([once(stdin, 'drain'), this.#ended]);
  }

  async *lines(): AsyncGenerator<string> {
    this.#child.stdin?.end();
    const stdout = this.#child.stdout;
    if (stdout !== null) yield* createInterface({ input: stdout, crlfDelay: Number.POSITIVE_INFINITY });
    await this.finish();
  }

  /** Throws one line unless it ends well. */
  async finish(): Promise<void> {
    this.#child.stdin?.end();
    this.#child.stdout?.resume();
    const code = await this.#ended;
    if (code === 0) return;
    const lines = this.#stderr.trim().split('\n').slice(-LINES_OF_ERROR).join(' ');
    throw new UserError(`MLflow's client (${this.#child.spawnfile}): ${lines || code}.`, { exitCode: EXIT.noData });
  }
}

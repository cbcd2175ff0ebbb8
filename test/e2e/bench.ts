/** Runs the compiled command line as a user does: real processes, in a folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const MAIN = resolve('dist/src/cli/main.js');

export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A user's project: a folder with a small experiment, where results go too. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-e2e-'));

  constructor(specs: Record<string, string> = { tiny: tinyExperiment() }) {
    mkdirSync(join(this.folder, 'experiments'));
    for (const [id, text] of Object.entries(specs)) writeFileSync(join(this.folder, 'experiments', `${id}.ts`), text);
  }

  start(...args: string[]): RunningBench {
    return new RunningBench(
      spawn(process.execPath, [MAIN, ...args], {
        cwd: this.folder,
        env: this.#env(),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  bench(...args: string[]): Promise<Outcome> {
    return this.start(...args).outcome;
  }

  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse((await this.bench(...args, '--json')).stdout) as T;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #env(): NodeJS.ProcessEnv {
    const { BENCH_DIR: _, ...env } = process.env;
    return { ...env, NO_COLOR: '1' };
  }
}

export class RunningBench {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  stdout = '';
  stderr = '';

  constructor(child: ChildProcess) {
    this.process = child;
    child.stdout?.on('data', chunk => {
      this.stdout += chunk;
    });
    child.stderr?.on('data', chunk => {
      this.stderr += chunk;
    });
    this.outcome = once(child, 'close').then(([exitCode]) => ({
      exitCode: exitCode as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }
}

/** Waits until `condition` gives something, and gives it. */
export async function until<T>(
  condition: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await condition();
    if (value !== undefined) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('waited in vain');
}

/** Two arms of a narrow net on real images, a few seconds a cell. */
export function tinyExperiment({ id = 'tiny', steps = 12, seeds = 1, decides = false } = {}): string {
  return `import { defineExperiment } from 'convbench';

export default defineExperiment({
  id: '${id}',
  title: 'Two small nets',
  question: 'Does everything work?',
  source: 'a test',
  base: {
    net: 'resnet-18',
    options: { form: 'small', widths: [4, 4, 8, 8], stemStride: 2 },
    dataset: 'fashion-mnist',
    trainImages: 'all',
    steps: ${steps},
    batch: 32,
    precision: 'float32',
    optimiser: { kind: 'sgd', rate: 0.05, momentum: 0.9, nesterov: false, weightDecay: 1e-4, warmupSteps: 0, schedule: { kind: 'constant' } },
    evaluate: { every: 1000, images: 500 },
    lastSteps: 5,
  },
  factors: { kind: { plain: { options: { shortcut: 'none' } }, residual: { options: { shortcut: 'A' } } } },
  tiers: { quick: { seeds: ${seeds}, decides: ${decides}, about: 'a test' } },
  claims: [
    {
      id: 'shortcuts-help',
      kind: 'superiority',
      statement: 'the residual net trains better',
      metric: 'train.loss',
      unit: 'nats',
      contrast: { plain: 1, residual: -1 },
      margin: 0,
      published: 'nowhere',
    },
  ],
  limits: ['It is a test.'],
  history: [],
});
`;
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LOOP = fileURLToPath(new URL('./step-loop.js', import.meta.url));
const SECONDS = 5;

export interface StepRequest {
  experiment: string;
  arm: string;
  threads: number;
  /** Numbers of the processors to pin to, as `taskset` takes them. */
  processors: string;
  environment?: Record<string, string>;
}

/** Trains the arm in a fresh process for some seconds. */
export async function imagesPerSecond(request: StepRequest): Promise<number> {
  const { experiment, arm, threads, processors, environment } = request;
  const loop = [process.execPath, LOOP, experiment, arm, String(threads), String(SECONDS)];
  const { stdout } = await promisify(execFile)('taskset', ['-c', processors, ...loop], {
    env: { ...process.env, ...environment },
  });
  return Number(stdout);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/** Runs both ways in turn, so that a machine that changes its pace changes it for both. */
export async function compareInTurn(rounds: number, first: () => Promise<number>, second: () => Promise<number>) {
  const [a, b]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    a.push(await first());
    b.push(await second());
  }
  return {
    first: Math.round(median(a)),
    second: Math.round(median(b)),
    ratio: Number((median(b) / median(a)).toFixed(2)),
    raw: [a, b],
  };
}

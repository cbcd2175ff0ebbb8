import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { median } from '../src/stats/index.ts';
import { BENCH } from './command.ts';

const SECONDS = 5;

export interface RateRequest {
  /** As `bench speed step` takes it: `resnet-20`, `plain-18:form=small:stemStride=2`, … */
  net: string;
  input: string;
  batch: number;
  threads: number;
  /** Numbers of the processors to pin to, as `taskset` takes them. */
  processors: string;
  environment?: Record<string, string>;
}

/** Images per second of the bare training step, in a fresh process. */
export async function imagesPerSecond(request: RateRequest): Promise<number> {
  const { net, input, batch, threads, processors, environment } = request;
  const size = ['--input', input, '--batch', String(batch), '--threads', String(threads)];
  const command = [process.execPath, BENCH, 'speed', 'step', net, ...size, '--seconds', String(SECONDS), '--json'];
  const { stdout } = await promisify(execFile)('taskset', ['-c', processors, ...command], {
    env: { ...process.env, ...environment },
  });
  return (JSON.parse(stdout) as { imagesPerSecond: { median: number } }).imagesPerSecond.median;
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

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Precision } from '../../src/core/cell-config.ts';
import { STEP_RATE } from '../../src/speed/random-training.ts';
import { BENCH } from '../command.ts';
import type { PeerFiles } from './describe.ts';
import type { PeerNet } from './nets.ts';
import { SCRIPTS } from './venv.ts';

export interface StepRequest {
  net: PeerNet;
  files: PeerFiles;
  variant: string;
  precision: Precision;
  threads: number;
  seconds: number;
  python: string;
}

export interface Engine {
  name: string;
  /** Ways to run it; the fastest is measured in rounds. */
  variants: readonly string[];
  /** The program and its arguments; it prints a line of JSON with `imagesPerSecond: {median}`. */
  command(request: StepRequest): string[];
  /** What it cannot do, or nothing. */
  refuses?(request: Pick<StepRequest, 'precision'>): string | undefined;
  /** The program that prints `{losses}` of so many steps on the check's batch, if it takes part in the check. */
  losses?(request: Omit<StepRequest, 'precision' | 'seconds'>, steps: number): string[];
}

export const ENGINES: readonly Engine[] = [
  { name: 'ours', variants: ['compiled'], command: ourStep },
  python('torch', ['eager', 'compile']),
  python('tensorflow', ['graph', 'graph-serial', 'jit']),
  python('keras', ['tensorflow', 'tensorflow-jit', 'torch']),
  stockTfjs(),
];

export const checkRate = (net: PeerNet): number => net.checkRate ?? STEP_RATE;

/** It takes whole seconds. */
function ourStep({ net, precision, threads, seconds }: StepRequest): string[] {
  const options = Object.entries(net.options).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
  return [
    process.execPath,
    BENCH,
    ...['speed', 'step', net.net, '--batch', `${net.batch}`, '--input', net.input.join('x')],
    ...['--classes', `${net.classes}`, '--precision', precision, '--threads', `${threads}`],
    ...['--seconds', `${Math.ceil(seconds)}`, '--json', ...options],
  ];
}

function python(name: string, variants: readonly string[]): Engine {
  const script = join(SCRIPTS, `${name}_peer.py`);
  const common = ({ files, threads, variant }: Pick<StepRequest, 'files' | 'threads' | 'variant'>): string[] => [
    ...['--weights', files.weights, '--threads', `${threads}`, '--variant', variant],
  ];
  return {
    name,
    variants,
    command: request => [
      ...[request.python, script, ...common(request), '--net', request.files.net],
      ...['--precision', request.precision, '--seconds', `${request.seconds}`, '--rate', `${STEP_RATE}`],
    ],
    losses: (request, steps) => [
      ...[request.python, script, ...common(request), '--net', request.files.withoutDropout],
      ...['--losses', `${steps}`, '--rate', `${checkRate(request.net)}`],
    ],
  };
}

function stockTfjs(): Engine {
  const command = (net: string, { files, threads }: Pick<StepRequest, 'files' | 'threads'>): string[] => [
    process.execPath,
    fileURLToPath(new URL('./stock-tfjs.js', import.meta.url)),
    ...['--net', net, '--weights', files.weights, '--threads', `${threads}`],
  ];
  return {
    name: 'stock-tfjs',
    variants: ['layers'],
    command: request => [
      ...command(request.files.net, request),
      ...['--seconds', `${request.seconds}`, '--rate', `${STEP_RATE}`],
    ],
    losses: (request, steps) => [
      ...command(request.files.withoutDropout, request),
      ...['--losses', `${steps}`, '--rate', `${checkRate(request.net)}`],
    ],
    refuses: ({ precision }) => (precision === 'bfloat16' ? 'tfjs has no bfloat16' : undefined),
  };
}

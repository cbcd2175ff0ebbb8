/** A few training steps in a process of their own, and what TensorFlow and oneDNN log of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { EXIT, UserError } from '../core/errors.ts';
import {
  type KernelTime,
  kernelTimes,
  type PrimitiveTime,
  parseKernelLine,
  parsePrimitiveLine,
} from './profile-lines.ts';
import type { StepRequest } from './step.ts';

const WORKER = fileURLToPath(new URL('./profile-worker.js', import.meta.url));
const LOGGED = {
  TF_CPP_VMODULE: 'executor=2',
  TF_CPP_MIN_LOG_LEVEL: '0',
  ONEDNN_VERBOSE: '1',
  ONEDNN_VERBOSE_TIMESTAMP: '1',
};

interface Logged {
  kernels: KernelTime[];
  primitives: PrimitiveTime[];
  peakGflops: number;
}

/** Throws one line if the process fails. */
export async function runLogged(request: StepRequest, steps: number): Promise<Logged> {
  const child = spawn(process.execPath, [WORKER], {
    env: { ...process.env, ...LOGGED },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  const answers: { peakGflops?: number; failure?: string } = {};
  child.on('message', message => Object.assign(answers, message));
  child.send({
    ...request,
    net: [request.net.name, request.net.options, request.net.input, request.net.classes],
    steps,
  });
  const [lines, primitives] = await Promise.all([
    collect(child.stderr as Readable, parseKernelLine),
    collect(child.stdout as Readable, parsePrimitiveLine),
    child.exitCode === null ? once(child, 'exit') : undefined,
  ]);
  if (answers.failure !== undefined || answers.peakGflops === undefined)
    throw new UserError(`profile of ${request.net.name}: ${answers.failure ?? 'the process ended early'}.`, {
      exitCode: EXIT.noData,
    });
  return { kernels: lastSteps(kernelTimes(lines), steps), primitives, peakGflops: answers.peakGflops };
}

async function collect<T>(stream: Readable, parse: (line: string) => T | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const line of createInterface({ input: stream })) {
    const one = parse(line);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** Kernels of the newest `steps` executions of the training entry. */
function lastSteps(kernels: readonly KernelTime[], steps: number): KernelTime[] {
  const training = new Set(kernels.filter(kernel => kernel.entry === 'train').map(kernel => kernel.step));
  const newest = new Set([...training].sort((a, b) => a - b).slice(-steps));
  return kernels.filter(kernel => newest.has(kernel.step));
}

/** What the installed TensorFlow says of itself, in a process of its own: a broken library may take its process along. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeError } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';

const PROBE = fileURLToPath(new URL('./tensorflow-probe.js', import.meta.url));

/** `library`: oneDNN's version and the instructions that it uses on this processor; null where there is none. */
interface Kernels {
  library: string | null;
  convolution: 'oneDNN' | 'Eigen';
}

export type TensorFlowAnswer = { version: string; kernels: Kernels } | { failure: string };

export async function askTensorFlow(device: Device = 'cpu'): Promise<TensorFlowAnswer> {
  try {
    const env = { ...process.env, ONEDNN_VERBOSE: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [PROBE, device], { env });
    // oneDNN writes to the same stream, before or after ours.
    const answer = stdout.split('\n').find(line => line.startsWith('{')) ?? '';
    return { version: (JSON.parse(answer) as { version: string }).version, kernels: findKernels(stdout) };
  } catch (error) {
    return { failure: describeFailure(error) };
  }
}

function findKernels(output: string): Kernels {
  const version = /^onednn_verbose.*\boneDNN v([\d.]+)/m.exec(output)?.[1];
  const instructions = /^onednn_verbose.*\bcpu,isa:(.*)$/m.exec(output)?.[1];
  const convolves = /^onednn_verbose.*\bexec,cpu,convolution,/m.test(output);
  return {
    library: version === undefined ? null : `oneDNN ${version} (${instructions ?? 'unknown instructions'})`,
    convolution: convolves ? 'oneDNN' : 'Eigen',
  };
}

function describeFailure(error: unknown): string {
  const { stderr, signal } = error as { stderr?: string; signal?: string | null };
  if (signal) return `TensorFlow crashes while it is loaded (${signal})`;
  return stderr?.trim().split('\n').at(-1) || describeError(error);
}

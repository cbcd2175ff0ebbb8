import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/places.ts';

/** What decides how fast convolutions are. */
const TELLING_FLAGS = ['avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_bf16', 'asimd', 'bf16'];
const BFLOAT16_FLAGS = ['avx512_bf16', 'amx_bf16', 'bf16'];

export interface Machine {
  processor: string;
  processors: number;
  memoryGigabytes: number;
  kernel: string;
  node: string;
  flags: string[];
  /** Null where the system does not tell. */
  nativeBfloat16: boolean | null;
  commit: string;
}

export function readMachine(): Machine {
  const flags = readFlags();
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    flags: TELLING_FLAGS.filter(flag => flags?.has(flag)),
    nativeBfloat16: flags && BFLOAT16_FLAGS.some(flag => flags.has(flag)),
    commit: readCommit(),
  };
}

function readFlags(): Set<string> | null {
  if (!existsSync('/proc/cpuinfo')) return null;
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  return line === undefined ? null : new Set(line.trim().split(/\s+/));
}

function readCommit(): string {
  if (!existsSync(join(packageRoot, '.git'))) return 'unknown';
  return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: packageRoot, encoding: 'utf8' }).trim();
}

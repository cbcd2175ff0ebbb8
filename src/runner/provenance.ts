/** Where a run's numbers come from: what the checkout knows, and what the worker's machine knows. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, hostname, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../core/ids.ts';
import { packageRoot } from '../core/places.ts';
import type { Provenance } from '../core/results.ts';
import type { Binding } from '../engine/backend.ts';
import { describeDriver, nvidiaDriver } from '../engine/nvidia-driver.ts';
import { allowedProcessors } from './local-executor.ts';
import type { RunSpec } from './run-folder.ts';

/** Packages whose version can change a result. */
const PACKAGES = ['@tensorflow/tfjs-node', 'better-sqlite3', 'pure-rand', 'protobufjs'];
const VARIABLES = /^(TF_|ONEDNN_|CUDA_|CUDNN_|CUBLAS_|NVIDIA_|XLA_|OMP_|BENCH_|NODE_OPTIONS$|MALLOC_|LD_PRELOAD$)/;
/** Processor features that decide which kernels run. */
const FEATURES = /^(avx|avx2|avx512\w*|amx\w*|fma|f16c|asimd|bf16|i8mm|sve\w*)$/;

export type Checkout = Omit<Provenance['code'], 'codeHash'>;

/** Of the checkout that plans the runs; nulls outside a git checkout. */
export function checkoutProvenance(): Checkout {
  const patch = git('diff', 'HEAD');
  return {
    commit: git('rev-parse', 'HEAD')?.trim() || null,
    dirty: Boolean(patch),
    patchHash: patch ? sha256(patch) : null,
    lockfileHash: hashFile(join(packageRoot, 'package-lock.json')),
  };
}

/** Of the worker. Asks TensorFlow, so it is called after loading. */
export function workerProvenance({ cell, code, command }: RunSpec, binding: Binding): Provenance {
  return {
    code,
    data: { dataset: cell.config.dataset, fingerprint: cell.dataHash },
    packages: Object.fromEntries(PACKAGES.map(name => [name, installedVersion(name)])),
    tensorflow: { version: binding.TF_Version, binding: installedVersion('@tensorflow/tfjs-node') },
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryBytes: totalmem(),
      os: `${type()} ${release()}`,
      hostname: hostname(),
      cpuFlags: cpuFeatures(),
      gpu: cell.execution.device === 'gpu' ? gpuName() : null,
    },
    execution: {
      node: process.version,
      threads: cell.execution.threads,
      precision: cell.config.precision,
      device: cell.execution.device,
      pinned: allowedProcessors().join() || null,
      variables: Object.fromEntries(
        Object.entries(process.env).filter((entry): entry is [string, string] => VARIABLES.test(entry[0])),
      ),
    },
    command,
  };
}

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
  } catch {
    return null;
  }
}

function hashFile(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch {
    return null;
  }
}

function installedVersion(name: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(packageRoot, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    return manifest.version;
  } catch {
    return 'unknown';
  }
}

/** All that the driver shows; CUDA_VISIBLE_DEVICES, among the variables, may choose one of them. */
function gpuName(): string | null {
  const driver = nvidiaDriver();
  return driver ? describeDriver(driver) : null;
}

function cpuFeatures(): string[] {
  try {
    const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    return line.split(' ').filter(flag => FEATURES.test(flag));
  } catch {
    return [];
  }
}

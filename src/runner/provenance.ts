/** Where a run's numbers come from: what the checkout knew when it planned them, and what the worker's machine knows. */
import { join } from 'node:path';
import type { Device } from '../core/experiment.ts';
import { jsonIfThere } from '../core/if-there.ts';
import { allowedProcessors, processorFlags, thisMachine } from '../core/machine.ts';
import { machineType } from '../core/machine-type.ts';
import { packageFolder } from '../core/places.ts';
import type { Provenance } from '../core/results.ts';
import { redact, redactVariable } from '../core/secrets.ts';
import type { Binding } from '../engine/backend.ts';
import { describeDriver, nvidiaDriver } from '../engine/nvidia-driver.ts';
import { buildOfThisMachine } from '../engine/provision/wheel.ts';
import type { RunSpec } from './run-folder.ts';

/** Packages whose version can change a result. */
const PACKAGES = ['@tensorflow/tfjs-node', 'better-sqlite3', 'pure-rand', 'protobufjs', 'sharp'];
/** Variables that can change a result or its speed, without those of Terraform. What looks like a secret is not written down. */
const VARIABLES =
  /^(TF_(?!CLI_|VAR_|TOKEN_|CLOUD_|LOG)|ONEDNN_|DNNL_|MKL_|KMP_|OMP_|GOMP_|OPENBLAS_|CUDA_|CUDNN_|CUBLAS_|NVIDIA_|XLA_|BENCH_|MALLOC_|SLURM_(JOB_ID|CPUS_\w+|NTASKS|JOB_PARTITION)$|(NODE_OPTIONS|LD_PRELOAD|LD_LIBRARY_PATH|UV_THREADPOOL_SIZE|GLIBC_TUNABLES)$)/;
/** Processor features that decide which kernels run. */
const FEATURES = /^(avx|avx2|avx512\w*|amx\w*|fma|f16c|asimd|bf16|i8mm|sve\w*)$/;

/** Of the worker. Asks TensorFlow, so it is called after loading. */
export function workerProvenance({ cell, code, command }: RunSpec, binding: Binding): Provenance {
  return {
    code,
    data: { dataset: cell.config.dataset, fingerprint: cell.dataHash },
    packages: Object.fromEntries(PACKAGES.map(name => [name, installedVersion(name)])),
    tensorflow: {
      version: binding.TF_Version,
      binding: installedVersion('@tensorflow/tfjs-node'),
      wheel: wheelOf(binding.TF_Version, cell.execution.device),
    },
    machine: {
      ...thisMachine(),
      cpuFlags: cpuFeatures(),
      gpu: cell.execution.device === 'gpu' ? gpuName() : null,
    },
    execution: {
      node: process.version,
      threads: cell.execution.threads,
      precision: cell.config.precision,
      device: cell.execution.device,
      pinned: allowedProcessors().join() || null,
      variables: relevantVariables(process.env),
    },
    command: redact(command).text,
  };
}

/** What decides which kernels run, in one line: of a record, or of this machine. */
export function describeProcessor(machine?: Partial<Provenance['machine']>): string {
  return machineType({ ...(machine ?? { ...thisMachine(), cpuFlags: cpuFeatures() }), gpu: null });
}

/** What of an environment can change a result, without its secrets. */
export function relevantVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter(([name, value]) => VARIABLES.test(name) && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, redactVariable(name, value as string)]));
}

/** The exact build of TensorFlow, its oneDNN included; null if it is not the one that we provide. */
function wheelOf(version: string, device: Device): string | null {
  try {
    const { wheel } = buildOfThisMachine(device);
    return wheel.version === version ? `${wheel.package}-${wheel.version} sha256:${wheel.sha256}` : null;
  } catch {
    return null;
  }
}

function installedVersion(name: string): string {
  return jsonIfThere<{ version: string }>(join(packageFolder(name), 'package.json'))?.version ?? 'unknown';
}

/** All that the driver shows; CUDA_VISIBLE_DEVICES, among the variables, may choose one of them. */
function gpuName(): string | null {
  const driver = nvidiaDriver();
  return driver ? describeDriver(driver) : null;
}

const cpuFeatures = (): string[] => processorFlags().filter(flag => FEATURES.test(flag));

import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { describeError } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import { benchDir, cacheDir } from '../../core/places.ts';
import { checkDatasets } from '../../data/index.ts';
import { hasNativeBfloat16 } from '../../engine/precision.ts';
import { askTensorFlow } from './ask-tensorflow.ts';
import { examineGpu } from './doctor-gpu.ts';
import { examineSlurm } from './doctor-slurm.ts';

/** `notice`: works, but worth knowing. `missing`: a run would fail. */
export type PartState = 'good' | 'notice' | 'missing';

export interface Part {
  name: string;
  state: PartState;
  detail: string;
}

const OLDEST_NODE = [20, 15] as const;
/** Since its finalisers run after the environment is gone; better-sqlite3 13 is free of it and asks for Node 22. */
const ABORTING_NODE = [24, 19] as const;
const FIX = 'Run "npx bench doctor --fix".';
const LOW_DISK_BYTES = 2e9;

/** `device`: what runs are meant to use; the GPU need not be there unless it is named. */
export async function examineParts(device: Device): Promise<Part[]> {
  const computing = [...(await tensorFlow()), precision()];
  const gpu = await examineGpu(device === 'gpu');
  return [node(), ...computing, await sqlite(), ...(await data()), disk(), threads(), gpu, await examineSlurm()];
}

function node(): Part {
  if (!isNode(OLDEST_NODE)) {
    const detail = `expected ${OLDEST_NODE.join('.')} or newer, got ${process.version}. Install a newer one.`;
    return { name: 'Node', state: 'missing', detail };
  }
  if (!isNode(ABORTING_NODE)) return { name: 'Node', state: 'good', detail: process.version };
  const detail = `${process.version}: better-sqlite3 12 can abort the process at a garbage collection since Node ${ABORTING_NODE.join('.')}. Use Node 20 or 22.`;
  return { name: 'Node', state: 'notice', detail };
}

function isNode([major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

async function tensorFlow(): Promise<Part[]> {
  const answer = await askTensorFlow();
  if ('failure' in answer) return [{ name: 'TensorFlow', state: 'missing', detail: withFix(answer.failure) }];
  const { version, kernels } = answer;
  return [
    { name: 'TensorFlow', state: 'good', detail: `${version}, built for ${process.platform} ${process.arch}` },
    kernels.convolution === 'oneDNN'
      ? { name: 'kernels', state: 'good', detail: `convolutions by ${kernels.library}` }
      : { name: 'kernels', state: 'notice', detail: withoutOneDnn(kernels.library) },
  ];
}

/** By itself TensorFlow prefers oneDNN's convolutions only where the processor has AVX-512 VNNI or AMX. */
const withoutOneDnn = (library: string | null): string =>
  library === null
    ? 'convolutions by Eigen: this build has no oneDNN'
    : `convolutions by Eigen, matrix products by ${library}. TF_ENABLE_ONEDNN_OPTS=1 uses oneDNN for both; its results differ in the last bits.`;

function precision(): Part {
  const detail = hasNativeBfloat16()
    ? 'auto means bfloat16 here, which this processor has natively'
    : 'auto means float32 here: this processor has no native bfloat16, which would be emulated and slow';
  return { name: 'precision', state: 'good', detail };
}

async function sqlite(): Promise<Part> {
  try {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(':memory:');
    const version = database.prepare('SELECT sqlite_version()').pluck().get();
    database.close();
    return { name: 'SQLite', state: 'good', detail: String(version) };
  } catch (error) {
    return { name: 'SQLite', state: 'missing', detail: withFix(describeError(error)) };
  }
}

/** A dataset that no run has asked for yet is fetched when it is needed. */
async function data(): Promise<Part[]> {
  return (await checkDatasets()).map(({ name, ready, detail }) => ({
    name: 'data',
    state: ready ? 'good' : 'notice',
    detail: `${name}: ${detail}`,
  }));
}

function disk(): Part {
  const folders = [...new Set([benchDir(), cacheDir()].map(nearestFolder))];
  const free = folders.map(folder => {
    const { bavail, bsize } = statfsSync(folder);
    return { folder, bytes: bavail * bsize };
  });
  const low = free.find(({ bytes }) => bytes < LOW_DISK_BYTES);
  const detail = free.map(({ folder, bytes }) => `${(bytes / 1e9).toFixed(1)} GB free at ${folder}`).join(', ');
  return { name: 'disk', state: low ? 'notice' : 'good', detail: low ? `${detail}. Make room.` : detail };
}

function nearestFolder(path: string): string {
  return existsSync(path) ? resolve(path) : nearestFolder(dirname(path));
}

function threads(): Part {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return {
    name: 'threads',
    state: 'good',
    detail: `${availableParallelism()} processors (${model}); cells run one thread each, side by side`,
  };
}

const withFix = (reason: string): string => (reason.includes(FIX) ? reason : `${reason.replace(/\.$/, '')}. ${FIX}`);

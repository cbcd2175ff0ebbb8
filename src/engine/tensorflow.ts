/** Loads TensorFlow, the one module that does: it costs half a second and 370 MB, and reads its settings only once. */
import { createRequire } from 'node:module';
import util from 'node:util';
import { describeError, refusal } from '../core/errors.ts';
import type { Device, Execution } from '../core/experiment.ts';
import type { TensorFlow } from './backend.ts';
import { bindingPath } from './provision/binding-path.ts';

const require = createRequire(import.meta.url);
let loaded: TensorFlow | undefined;

/**
 * cpu: a GPU of this machine stays untouched, whatever the user's variables say. gpu, unless the user sets them: memory
 * as it is needed, for others may use the GPU too; kernels that repeat their bits; and products of float32 in float32,
 * of which newer GPUs would drop 13 bits.
 */
const VARIABLES: Record<Device, Record<string, string>> = {
  cpu: { CUDA_VISIBLE_DEVICES: '' },
  gpu: {
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_DETERMINISTIC_OPS: '1',
    TF_CUDNN_DETERMINISTIC: '1',
    NVIDIA_TF32_OVERRIDE: '0',
  },
};
const REMEDIES: Record<Device, string> = {
  cpu: 'Run "npx bench doctor --fix".',
  gpu: 'Run "npx bench doctor --fix --device gpu".',
};

/** `threads`: of one op, and of ops side by side. Later calls return what the first one loaded. */
export async function loadTensorFlow({ threads, device = 'cpu' }: Partial<Execution> = {}): Promise<TensorFlow> {
  if (loaded) return loaded;
  prepareEnvironment(device, threads);
  supplyRemovedUtilities();
  try {
    if (device === 'gpu') takeBinding(bindingPath(device));
    const tf = require('@tensorflow/tfjs-node') as TensorFlow;
    await tf.ready();
    if (device === 'gpu') requireGpu(tf);
    loaded = tf;
    return tf;
  } catch (error) {
    throw refusal(`TensorFlow cannot be loaded: ${reasonOf(error)}. ${REMEDIES[device]}`, error);
  }
}

/** tfjs-node asks node-pre-gyp where its binding is, which knows of one place only. */
function takeBinding(path: string): void {
  const fromTfjsNode = createRequire(require.resolve('@tensorflow/tfjs-node'));
  const finder = fromTfjsNode('@mapbox/node-pre-gyp/lib/pre-binding') as { find(manifest: string): string };
  finder.find = () => path;
}

/** Without one TensorFlow would go on with the CPU, and say nothing. */
function requireGpu(tf: TensorFlow): void {
  if ((tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice) return;
  throw new Error('it sees no GPU on this machine');
}

/** Without tfjs-node's own advice, which is to fetch a library that is not the one we use. */
const reasonOf = (error: unknown): string => describeError(error).replace(/\.? *Please run.*$/, '');

/** TensorFlow reads these when its library is loaded, and never again. */
function prepareEnvironment(device: Device, threads: number | undefined): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow would use oneDNN's convolutions on some processors only. They are faster on the others too.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  if (device === 'cpu') Object.assign(process.env, VARIABLES.cpu);
  else Object.assign(process.env, { ...VARIABLES.gpu, ...process.env });
  if (threads === undefined) return;
  for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS']) {
    process.env[name] = String(threads);
  }
}

/** tfjs-node 4.22 calls functions that Node 23 removed. */
function supplyRemovedUtilities(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
}

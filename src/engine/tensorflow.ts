/** Loads TensorFlow, the one module that does: it costs half a second and 370 MB, and reads its settings only once. */
import { createRequire } from 'node:module';
import util from 'node:util';
import { describeError, EXIT, UserError } from '../core/errors.ts';
import type { TensorFlow } from './backend.ts';

const require = createRequire(import.meta.url);
let loaded: TensorFlow | undefined;

/** `threads`: of one op, and of ops side by side. Later calls return what the first one loaded. */
export async function loadTensorFlow({ threads }: { threads?: number } = {}): Promise<TensorFlow> {
  if (loaded) return loaded;
  prepareEnvironment(threads);
  supplyRemovedUtilities();
  try {
    const tf = require('@tensorflow/tfjs-node') as TensorFlow;
    await tf.ready();
    loaded = tf;
    return tf;
  } catch (error) {
    throw new UserError(`TensorFlow cannot be loaded: ${reasonOf(error)}. Run "npx bench doctor --fix".`, {
      exitCode: EXIT.noData,
      cause: error,
    });
  }
}

/** Without tfjs-node's own advice, which is to fetch a library that is not the one we use. */
const reasonOf = (error: unknown): string => describeError(error).replace(/\.? *Please run.*$/, '');

/** TensorFlow reads these when its library is loaded, and never again. */
function prepareEnvironment(threads: number | undefined): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow would use oneDNN's convolutions on some processors only. They are faster on the others too.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
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

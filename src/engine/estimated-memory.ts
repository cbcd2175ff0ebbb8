import type { NetDescription } from '../core/net.ts';
import { netParameters, sizeOf } from '../core/parameters.ts';

const BYTES = 4;
/** Node, TensorFlow and its threads, before any net. */
const BASE_BYTES = 600e6;
/** Of all variables: values, momentum, gradients, and what tracing and loading the graph hold of them at their worst. */
const COPIES_OF_VARIABLES = 14;
/** Of all layers' outputs for a batch, which tracing computes once and holds, with gradients of some. */
const COPIES_OF_OUTPUTS = 1.4;

/**
 * The most bytes that a process takes which compiles a training step of `batch` images and runs it, its images apart.
 * The three numbers were fitted to what nets of 1.7 to 144 million parameters took on a CPU: docs/performance.md says how
 * far off they are.
 */
export function estimatedMemory(net: NetDescription, batch: number): number {
  const variables = netParameters(net).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const outputs = net.layers.reduce((sum, { output }) => sum + sizeOf(output), 0);
  return BASE_BYTES + BYTES * (COPIES_OF_VARIABLES * variables + COPIES_OF_OUTPUTS * batch * outputs);
}

/**
 * TensorFlow kernels that tfjs never calls, each with its gradient. tfjs differentiates ReLU as dy·step(x) with a
 * full-size constant, batch normalisation as a dozen elementwise ops, and has no gradient for explicit padding or
 * strided slices: one kernel each does it here. All images are [batch, height, width, channels].
 */
import type { TensorFlow } from '../backend.ts';
import { createConvolution } from './convolution.ts';
import { createDropout } from './dropout.ts';
import { createElementwise } from './elementwise.ts';
import { createKernels } from './kernels.ts';
import { createLoss } from './loss.ts';
import { createNeocognitron } from './neocognitron.ts';
import { createNormalisation } from './normalisation.ts';
import { createPooling } from './pooling.ts';
import { createShortcut } from './shortcut.ts';

export type Ops = ReturnType<typeof createOps>;

export function createOps(tf: TensorFlow) {
  const kernels = createKernels(tf);
  return {
    ...createConvolution(kernels),
    ...createDropout(kernels),
    ...createElementwise(kernels),
    ...createNeocognitron(kernels),
    ...createNormalisation(kernels),
    ...createPooling(kernels),
    ...createShortcut(kernels),
    ...createLoss(kernels),
  };
}

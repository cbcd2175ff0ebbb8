/** A narrow net on random images of 12 × 12 pixels, for tests that train a few steps. */

import type { OptimiserConfig } from '../../src/core/cell-config.ts';
import { stream } from '../../src/core/random.ts';
import type { TensorFlow } from '../../src/engine/backend.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import { mapValues } from '../../src/engine/named-tensors.ts';
import { optimiserScalars } from '../../src/engine/optimisers/index.ts';
import type { Program } from '../../src/engine/program.ts';
import { trainingProgram } from '../../src/engine/training.ts';
import { initialState } from '../../src/engine/training-state.ts';
import { findNet } from '../../src/nets/index.ts';

export const BATCH = 8;
const SHAPE = [12, 12, 1] as const;
const STEPS = 4;

export const SGD: OptimiserConfig = {
  kind: 'sgd',
  rate: 0.05,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 1e-4,
  decayed: 'all',
  clipNorm: null,
  averaging: null,
  warmupSteps: 0,
  schedule: { kind: 'constant' },
};

export async function prepare(tf: TensorFlow, name: string, optimiser = SGD) {
  const net = await findNet(name, { form: 'small', widths: [4, 4, 8, 8] }, { shape: SHAPE, classes: 10 });
  const training = {
    net,
    batch: BATCH,
    evaluationBatch: BATCH,
    optimiser,
    loss: { kind: 'cross-entropy', smoothing: 0 },
  } as const;
  return { net, spec: trainingProgram(tf, training), start: initialState(training, initialValues(net, 3)) };
}

export function batchOf(step: number): { images: Float32Array; labels: Int32Array } {
  const draws = stream(1, 'test batch', step);
  const images = Float32Array.from({ length: BATCH * 12 * 12 }, () => draws.normal());
  return { images, labels: Int32Array.from({ length: BATCH }, () => draws.below(10)) };
}

export function train(program: Program, start: Record<string, Float32Array>, steps = STEPS, optimiser = SGD): number[] {
  program.write(start);
  return Array.from({ length: steps }, (_, step) => {
    const scalars = { rate: optimiser.rate, ...optimiserScalars(step, optimiser) };
    const inputs = { ...batchOf(step), ...mapValues(scalars, value => Float32Array.of(value)) };
    return program.run('train', inputs).loss?.[0] as number;
  });
}

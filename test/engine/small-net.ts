/** A narrow net on random images of 12 × 12 pixels, for tests that train a few steps. */
import { stream } from '../../src/core/random.ts';
import type { TensorFlow } from '../../src/engine/backend.ts';
import { initialValues } from '../../src/engine/initialise.ts';
import type { Program } from '../../src/engine/program.ts';
import { initialMomenta, trainingProgram } from '../../src/engine/training.ts';
import { findNet } from '../../src/nets/index.ts';

export const BATCH = 8;
const SHAPE = [12, 12, 1] as const;
const STEPS = 4;

export async function prepare(tf: TensorFlow, name: string, nesterov = false) {
  const net = await findNet(name, { form: 'small', widths: [4, 4, 8, 8] }, { shape: SHAPE, classes: 10 });
  const spec = trainingProgram(tf, { net, batch: BATCH, evaluationBatch: BATCH, nesterov });
  return { net, spec, start: { ...initialValues(net, 3), ...initialMomenta(net) } };
}

export function batchOf(step: number): { images: Float32Array; labels: Int32Array } {
  const draws = stream(1, 'test batch', step);
  const images = Float32Array.from({ length: BATCH * 12 * 12 }, () => draws.normal());
  return { images, labels: Int32Array.from({ length: BATCH }, () => draws.below(10)) };
}

export function train(program: Program, start: Record<string, Float32Array>, steps = STEPS): number[] {
  program.write(start);
  return Array.from({ length: steps }, (_, step) => {
    const scalars = { rate: Float32Array.of(0.05), momentum: Float32Array.of(0.9), weightDecay: Float32Array.of(1e-4) };
    return program.run('train', { ...batchOf(step), ...scalars }).loss?.[0] as number;
  });
}

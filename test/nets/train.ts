/** A trainer of a net on one small batch, by plain gradient descent. */
import type { CellConfig } from '../../src/core/cell-config.ts';
import type { NetDescription } from '../../src/core/net.ts';
import { sizeOf } from '../../src/core/parameters.ts';
import { stream } from '../../src/core/random.ts';
import { Trainer } from '../../src/engine/trainer.ts';
import { SGD } from '../engine/small-net.ts';
import { tf } from '../engine/tensorflow.ts';

const BATCH = 8;
/** The budget: in as many steps a net that learns layer by layer comes to its last part. */
export const STEPS = 6;

export function trainerOf(net: NetDescription, rate: number, momentum = 0): Promise<Trainer> {
  const optimiser = { ...SGD, kind: 'sgd', rate, momentum, weightDecay: 0 } as const;
  const loss = { kind: 'cross-entropy', smoothing: 0 } as const;
  const config = { steps: STEPS, batch: BATCH, precision: 'float32', optimiser, loss } as CellConfig;
  return Trainer.create(tf, { net, config, seed: 1, evaluationBatch: BATCH, trainImages: BATCH });
}

/** Noise around a pattern of each of two classes. */
export function batchFor(net: NetDescription): [images: Float32Array, labels: Int32Array] {
  const draws = stream(4, 'nets test');
  const pixels = sizeOf(net.input);
  const patterns = [0, 1].map(() => Float32Array.from({ length: pixels }, () => draws.normal()));
  const labels = Int32Array.from({ length: BATCH }, (_, i) => i % 2);
  const noisy = (_: unknown, i: number): number => {
    const label = labels[Math.floor(i / pixels)] as number;
    return (patterns[label]?.[i % pixels] as number) + 0.3 * draws.normal();
  };
  return [Float32Array.from({ length: BATCH * pixels }, noisy), labels];
}

import { readFileSync } from 'node:fs';
import type { OptimiserConfig } from '../../src/core/cell-config.ts';
import type { Tensor, TensorFlow } from '../../src/engine/backend.ts';

export interface StoredArray {
  dtype: 'float32' | 'int32';
  shape: number[];
  values: number[];
}
type Arrays = Record<string, StoredArray>;

/** What TensorFlow gives for an op, and for the gradients of Σ weights · output. */
export interface KernelCase {
  op: string;
  options: Record<string, unknown>;
  /** Those that have a gradient. */
  inputs: Arrays;
  constants?: Arrays;
  weights?: StoredArray;
  output: StoredArray;
  gradients?: Arrays;
  /** New statistics of a batch normalisation. */
  moved?: { mean: StoredArray; variance: StoredArray };
}

export type ByPack = Record<'kernels' | 'offsets', StoredArray>;

/** Weights after each step. */
export interface OptimiserCase {
  name: string;
  config: Partial<OptimiserConfig>;
  rates: number[];
  first: ByPack;
  gradients: ByPack[];
  weights: ByPack[];
  averages?: ByPack[];
}

/** Written by scripts/gradient-fixtures.py. */
export const { kernels, optimisers } = JSON.parse(
  readFileSync(new URL('../fixtures/gradients.json', import.meta.url), 'utf8'),
) as { kernels: KernelCase[]; optimisers: OptimiserCase[] };

export const tensorOf = (tf: TensorFlow, { dtype, shape, values }: StoredArray): Tensor =>
  tf.tensor(values, shape, dtype);

/** The largest difference, relative to the largest value that is expected. */
export function errorOf(got: Tensor, { shape, values }: StoredArray): number {
  if (got.shape.join() !== shape.join()) throw new Error(`expected shape [${shape}], got [${got.shape}]`);
  const apart = Array.from(got.dataSync(), (value, i) => Math.abs(value - (values[i] as number)));
  return Math.max(...apart) / Math.max(...values.map(Math.abs));
}

import { fixture } from './fixture.ts';

/** Made-up predictions, and what scikit-learn says of them. */
export interface TestSetRow {
  labels: number[];
  probabilities: number[][];
  predicted: number[];
  matrix: number[][];
  top1: number;
  top2: number;
  loss: number;
  eceByWidth: number;
  eceByMass: number;
}

export const testSets = (): TestSetRow[] => fixture<TestSetRow[]>('test-set');

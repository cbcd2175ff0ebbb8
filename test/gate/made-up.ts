/** Made-up figures of an experiment with two arms, and what a gate says of some. */
import type { GateThreshold } from '../../src/core/experiment.ts';
import type { Check } from '../../src/gate/check.ts';
import { type Baseline, type GateReport, type Measured, sealBaseline } from '../../src/gate/index.ts';
import type { Figure } from '../../src/stats/index.ts';

export const MACHINE = { cpu: 'x', cores: 2, tensorflow: '2', threads: 1, device: 'cpu' };

/** Seeds from 1 on. */
export const bySeed = (figures: readonly Figure[]): Record<string, Figure> =>
  Object.fromEntries(figures.map((figure, i) => [String(i + 1), figure]));

export const measured = (changes: Partial<Measured> = {}): Measured => ({
  experiment: 'tiny',
  tier: 'ci',
  spec: { a: 'spec a', b: 'spec b' },
  data: { a: 'data', b: 'data' },
  code: { a: 'code', b: 'code' },
  identity: { a: {}, b: {} },
  machine: MACHINE,
  costs: { a: { parameters: 10, macs: 100 }, b: { parameters: 20, macs: 200 } },
  figures: {
    'test.top1': { a: bySeed([0.1, 0.11, 0.12]), b: bySeed([0.2, 0.21, 0.22]) },
    imagesPerSecond: { a: bySeed([50, 51, 52]), b: bySeed([50, 51, 52]) },
  },
  ...changes,
});

export const threshold = (changes: Partial<GateThreshold> = {}): GateThreshold => ({
  metric: 'test.top1',
  direction: 'lower',
  margin: { absolute: 0.01 },
  confidence: 0.95,
  minimumSeeds: 3,
  looks: [3],
  ...changes,
});

export const baseline = (changes: Partial<Baseline> = {}): Baseline => {
  const { checksum: _, schema: __, ...rest } = changes as Partial<Baseline>;
  return sealBaseline({ ...measured(), name: 'main', savedAt: '2026-01-02', thresholds: [threshold()], ...rest });
};

export const check = (changes: Partial<Check> = {}): Check => ({
  metric: 'test.top1',
  arm: 'a',
  outcome: 'fail',
  because: null,
  baseline: 0.1,
  present: 0.14,
  worsening: 0.04,
  interval: [0.03, 0.05],
  margin: 0.01,
  level: 0.975,
  p: 0.001,
  adjustedP: 0.001,
  permutationP: 0.0625,
  seeds: [1, 2, 3, 4, 5],
  seedsNeeded: null,
  ...changes,
});

export const report = (changes: Partial<GateReport> = {}): GateReport => ({
  outcome: 'fail',
  because: null,
  look: 1,
  looks: [5, 10],
  confidence: 0.95,
  checks: [check()],
  experiment: 'tiny',
  tier: 'ci',
  baselineName: 'main',
  decidedAt: '2026-01-02T03:04:05.000Z',
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  ...changes,
});

import type { ExperimentRecord, RecordedClaim } from '../../src/report/records/record.ts';

/** Of degradation-34, with one of its claims. */
const madeUpClaim = (change: Partial<RecordedClaim> = {}): RecordedClaim => ({
  id: 'interaction',
  kind: 'interaction',
  statement: 'depth costs the plain net more',
  metric: 'train.loss',
  unit: 'nats',
  contrast: { 'plain-34': 1, 'plain-18': -1 },
  margin: 0.05,
  published: 'figure 4',
  verdict: 'confirmed',
  because: null,
  effect: 0.2,
  interval: [0.1, 0.3],
  level: 0.95,
  permutationP: 0.25,
  seedsNeeded: null,
  seeds: [1, 2, 3],
  effects: [0.16, 0.2, 0.24],
  ...change,
});

export const madeUpRecord = (change: Partial<ExperimentRecord> = {}): ExperimentRecord => ({
  experiment: 'degradation-34',
  kind: 'interaction',
  verdict: 'confirmed',
  recorded: '2026-11-24',
  claims: [madeUpClaim()],
  counts: [],
  history: [],
  ...change,
});

import { expect, test } from 'vitest';
import type { OptimiserConfig, Schedule } from '../../src/core/experiment.ts';
import { rateAt } from '../../src/engine/schedule.ts';

const optimiser = (schedule: Schedule, warmupSteps = 0): OptimiserConfig => ({
  kind: 'sgd',
  rate: 0.1,
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0,
  warmupSteps,
  schedule,
});

test('constant', () => {
  expect([0, 50, 99].map(step => rateAt(step, 100, optimiser({ kind: 'constant' })))).toEqual([0.1, 0.1, 0.1]);
});

test('divided by ten at a half and three quarters', () => {
  const steps = optimiser({ kind: 'step', at: [0.5, 0.75], factor: 0.1 });
  const rates = [0, 49, 50, 74, 75, 99].map(step => rateAt(step, 100, steps).toPrecision(3));
  expect(rates).toEqual(['0.100', '0.100', '0.0100', '0.0100', '0.00100', '0.00100']);
});

test('half a cosine', () => {
  const cosine = optimiser({ kind: 'cosine' });
  expect(rateAt(0, 100, cosine)).toBeCloseTo(0.1, 12);
  expect(rateAt(50, 100, cosine)).toBeCloseTo(0.05, 12);
  expect(rateAt(99, 100, cosine)).toBeLessThan(1e-4);
});

test('warm-up rises linearly and never starts at 0', () => {
  const warm = optimiser({ kind: 'constant' }, 4);
  expect([0, 1, 2, 3, 4].map(step => rateAt(step, 100, warm).toFixed(3))).toEqual([
    '0.025',
    '0.050',
    '0.075',
    '0.100',
    '0.100',
  ]);
});

import { expect, test } from 'vitest';
import type { OptimiserConfig, Schedule } from '../../src/core/cell-config.ts';
import { type Budget, rateAt } from '../../src/engine/schedule.ts';
import { SGD } from './small-net.ts';

const optimiser = (schedule: Schedule, warmupSteps = 0): OptimiserConfig => ({
  ...SGD,
  rate: 0.1,
  warmupSteps,
  schedule,
});
const HUNDRED: Budget = { steps: 100, stepsPerEpoch: 10 };

test('constant', () => {
  expect([0, 50, 99].map(step => rateAt(step, HUNDRED, optimiser({ kind: 'constant' })))).toEqual([0.1, 0.1, 0.1]);
});

test('divided by ten at a half and three quarters', () => {
  const steps = optimiser({ kind: 'step', at: [0.5, 0.75], factor: 0.1 });
  const rates = [0, 49, 50, 74, 75, 99].map(step => rateAt(step, HUNDRED, steps).toPrecision(3));
  expect(rates).toEqual(['0.100', '0.100', '0.0100', '0.0100', '0.00100', '0.00100']);
});

test('half a cosine', () => {
  const cosine = optimiser({ kind: 'cosine' });
  expect(rateAt(0, HUNDRED, cosine)).toBeCloseTo(0.1, 12);
  expect(rateAt(50, HUNDRED, cosine)).toBeCloseTo(0.05, 12);
  expect(rateAt(99, HUNDRED, cosine)).toBeLessThan(1e-4);
});

test('a straight line that would reach 0 just after the last step', () => {
  const linear = optimiser({ kind: 'linear' });
  const rates = [0, 25, 50, 99, 100].map(step => rateAt(step, HUNDRED, linear).toPrecision(3));
  expect(rates).toEqual(['0.100', '0.0750', '0.0500', '0.00100', '0.00']);
});

test('4 % less every 8 epochs, however long the budget is', () => {
  const epochs = optimiser({ kind: 'epochs', epochs: 8, factor: 0.96 });
  const at = (step: number, budget: Budget) => rateAt(step, budget, epochs) / 0.1;
  for (const steps of [100, 1000]) {
    expect([0, 79, 80, 159, 160].map(step => at(step, { steps, stepsPerEpoch: 10 }).toFixed(4))).toEqual([
      '1.0000',
      '1.0000',
      '0.9600',
      '0.9600',
      '0.9216',
    ]);
  }
});

test('epochs end between steps where the batch does not divide the images', () => {
  const epochs = optimiser({ kind: 'epochs', epochs: 2, factor: 0.5 });
  const rates = [4, 5, 9, 10].map(step => rateAt(step, { steps: 20, stepsPerEpoch: 2.5 }, epochs));
  expect(rates).toEqual([0.1, 0.05, 0.05, 0.025]);
  expect([5, 6].map(step => rateAt(step, { steps: 20, stepsPerEpoch: 2.75 }, epochs))).toEqual([0.1, 0.05]);
});

test('an epoch that ends with a step is not missed by a rounding', () => {
  const images = 100;
  const batch = 48;
  for (let end = 1; end <= 300; end++) {
    const step = (end * 3 * images) / batch;
    if (!Number.isInteger(step)) continue;
    const budget = { steps: 1e4, stepsPerEpoch: images / batch };
    const epochs = optimiser({ kind: 'epochs', epochs: 3, factor: 0.5 });
    expect(rateAt(step, budget, epochs), `step ${step}`).toBe(0.1 * 0.5 ** end);
    expect(rateAt(step - 1, budget, epochs), `step ${step - 1}`).toBe(0.1 * 0.5 ** (end - 1));
  }
});

test('warm-up rises linearly and never starts at 0', () => {
  const warm = optimiser({ kind: 'constant' }, 4);
  expect([0, 1, 2, 3, 4].map(step => rateAt(step, HUNDRED, warm).toFixed(3))).toEqual([
    '0.025',
    '0.050',
    '0.075',
    '0.100',
    '0.100',
  ]);
});

test('warm-up is a factor of the schedule, which goes its way meanwhile', () => {
  const warm = optimiser({ kind: 'linear' }, 50);
  expect(rateAt(24, HUNDRED, warm)).toBeCloseTo(0.1 * 0.5 * 0.76, 12);
  expect(rateAt(60, HUNDRED, warm)).toBeCloseTo(0.1 * 0.4, 12);
});

import { expect, test } from 'vitest';
import type { Claim } from '../../src/core/experiment.ts';
import { validateClaim } from '../../src/stats/index.ts';

const claim: Claim = {
  id: 'a-over-b',
  kind: 'superiority',
  statement: 'a is above b',
  metric: 'test.top1',
  unit: 'pp',
  contrast: { a: 1, b: -1 },
  margin: 0.005,
  published: 'nowhere',
};

test.each([
  [{ a: 1, b: -1 }, 0.005],
  [{ a: 1, b: -1 }, 0],
  [{ a: 1, b: -1 / 3, c: -2 / 3 }, 0.005],
])('%j with margin %f is a claim', (contrast, margin) => {
  expect(() => validateClaim({ ...claim, contrast, margin } as Claim, ['a', 'b', 'c'], 'x.ts')).not.toThrow();
});

test('weights that sum to 0 but for rounding are a claim; a term may be an ensemble, or another figure', () => {
  const fine = [
    { a: 0.1, b: 0.2, c: -0.3 },
    { 'a+b': 1, a: -1 },
    { 'a:n': 1, b: -1 },
  ];
  for (const contrast of fine)
    expect(() => validateClaim({ ...claim, contrast }, ['a', 'b', 'c'], 'x.ts')).not.toThrow();
});

test('a metric that only looks like steps-to is refused, in a term too', () => {
  const refuse = (change: Partial<Claim>) => () => validateClaim({ ...claim, ...change }, ['a', 'b'], 'x.ts');
  expect(refuse({ metric: 'steps-to:c' })).toThrow(/expected steps-to/);
  expect(refuse({ contrast: { a: 1, 'b:steps-to:c': -1 } })).toThrow(/expected steps-to/);
});

test.each([
  [{ contrast: { a: 1, d: -1 } }, 'contrast: expected arms among a, b, got "d".'],
  [{ contrast: { a: 1, 'b+d': -1 } }, 'contrast: expected arms among a, b, got "d".'],
  [{ contrast: { a: 1, b: 1 } }, 'contrast: expected weights that sum to 0, got 2: equal arms must give no effect.'],
  [{ contrast: { a: 1 } }, 'contrast: expected at least two arms to compare, got 1.'],
  [{ contrast: {} }, 'contrast: expected at least two arms to compare, got 0.'],
  [
    { contrast: { a: 0, b: 0 } },
    'contrast: expected a finite weight other than 0 for a, got 0. Leave out arms not compared.',
  ],
  [{ contrast: { a: Number.NaN, b: -1 } }, 'contrast: expected a finite weight other than 0 for a, got NaN.'],
  [
    { margin: -0.1 },
    'margin: expected a finite number of at least 0, got -0.1. To turn a claim around, turn its weights.',
  ],
  [{ margin: Number.NaN }, 'margin: expected a finite number of at least 0, got NaN.'],
  [{ margin: Number.POSITIVE_INFINITY }, 'margin: expected a finite number of at least 0, got Infinity.'],
])('%j is refused', (change, message) => {
  const refuse = () => validateClaim({ ...claim, ...change } as Claim, ['a', 'b'], 'experiments/x.ts');
  expect(refuse).toThrow(`experiments/x.ts: claim a-over-b: field ${message}`);
});

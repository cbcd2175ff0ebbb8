import { describe, expect, test } from 'vitest';
import { studentCdf, studentCritical, studentQuantile, studentTail } from '../../src/stats/student-t.ts';
import { fixture } from './fixture.ts';

const relative = (got: number, expected: number): number => Math.abs(got - expected) / Math.abs(expected);

describe('agrees with SciPy to 1e-10', () => {
  const { tails, quantiles } = fixture<{
    tails: { df: number; t: number; tail: number }[];
    quantiles: { df: number; p: number; t: number }[];
  }>('student-t');

  test('probabilities, in the tail and cumulated', () => {
    expect(tails.length).toBeGreaterThan(100);
    for (const { df, t, tail } of tails) {
      expect(relative(studentTail(t, df), tail), `t ${t}, df ${df}`).toBeLessThan(1e-10);
      expect(relative(studentCdf(t, df), 1 - tail), `t ${t}, df ${df}`).toBeLessThan(1e-10);
      expect(relative(studentCdf(-t, df), tail), `t ${-t}, df ${df}`).toBeLessThan(1e-10);
    }
  });

  test('quantiles, from 1e-8 to 1 − 1e-8', () => {
    expect(quantiles.length).toBeGreaterThan(200);
    for (const { df, p, t } of quantiles)
      expect(relative(studentQuantile(p, df), t), `p ${p}, df ${df}`).toBeLessThan(1e-10);
  });
});

test('one degree of freedom is the Cauchy distribution, two have a closed form', () => {
  expect(studentCdf(-3, 1)).toBeCloseTo(0.5 + Math.atan(-3) / Math.PI, 13);
  expect(studentCdf(1.5, 2)).toBeCloseTo(0.5 + 1.5 / (2 * Math.sqrt(2 + 1.5 ** 2)), 13);
});

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, upper critical values of Student's t.
test.each([
  [4, 2.776],
  [9, 2.262],
  [29, 2.045],
])('the critical value at 0.95 of %i degrees of freedom is %f', (df, critical) => {
  expect(studentCritical(0.95, df).toFixed(3)).toBe(critical.toFixed(3));
});

test('half of it lies below 0', () => {
  expect([studentCdf(0, 4), studentTail(0, 4)]).toEqual([0.5, 0.5]);
  expect([studentQuantile(0.5, 4), studentCritical(0, 4)]).toEqual([0, 0]);
});

test('arguments outside their range are NaN, and come back at once', () => {
  for (const level of [-1, 1, 1.5, Number.NaN]) expect(studentCritical(level, 4)).toBeNaN();
  for (const p of [0, 1, 2, Number.NaN]) expect(studentQuantile(p, 4)).toBeNaN();
  for (const df of [0, -1, Number.NaN]) expect(studentQuantile(0.9, df)).toBeNaN();
  expect(studentTail(Number.NaN, 4)).toBeNaN();
});

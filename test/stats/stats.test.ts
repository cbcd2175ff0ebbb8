import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import { meanInterval, signFlipP } from '../../src/stats/index.ts';
import { studentCdf, studentCritical, studentTail } from '../../src/stats/student-t.ts';
import { mean, standardDeviation } from '../../src/stats/summary.ts';

/** Written by scripts/stats-fixtures.py with SciPy. */
function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/stats/${name}.json`, import.meta.url), 'utf8')) as T;
}

const relative = (got: number, expected: number): number => Math.abs(got - expected) / Math.abs(expected);

describe("Student's t agrees with SciPy to 1e-10", () => {
  const { tails, critical } = fixture<{
    tails: { df: number; t: number; tail: number }[];
    critical: { df: number; level: number; t: number }[];
  }>('student-t');

  test('tail probabilities', () => {
    for (const { df, t, tail } of tails)
      expect(relative(studentTail(t, df), tail), `t ${t}, df ${df}`).toBeLessThan(1e-10);
  });

  test('critical values', () => {
    for (const { df, level, t } of critical)
      expect(relative(studentCritical(level, df), t), `level ${level}, df ${df}`).toBeLessThan(1e-10);
  });

  test('one degree of freedom is the Cauchy distribution', () => {
    expect(studentCdf(-3, 1)).toBeCloseTo(0.5 + Math.atan(-3) / Math.PI, 13);
  });
});

describe('paired effects agree with SciPy to 1e-10', () => {
  const rows = fixture<{ effects: number[]; interval: [number, number]; p: number }[]>('paired');

  test.each(rows)('$effects.length effects, p $p', ({ effects, interval, p }) => {
    const [low, high] = meanInterval(effects, 0.95) as [number, number];
    const width = interval[1] - interval[0];
    expect(Math.abs(low - interval[0]) / width).toBeLessThan(1e-10);
    expect(Math.abs(high - interval[1]) / width).toBeLessThan(1e-10);
    expect(signFlipP(effects)).toBeCloseTo(p, 10);
  });
});

describe('published values', () => {
  // Cushny & Peebles's hours of sleep gained, in Student 1908: mean 1.58, t 4.06 on 9 degrees of freedom, p 0.0028.
  const sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
  // Darwin's maize, in Fisher 1935, §21: 863 of 2^15 patterns in each tail.
  const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

  test('the sleep data', () => {
    const t = mean(sleep) / (standardDeviation(sleep) / Math.sqrt(10));
    expect(t).toBeCloseTo(4.06, 2);
    expect(2 * studentTail(t, 9)).toBeCloseTo(0.00283, 5);
    const [low, high] = meanInterval(sleep, 0.95) as [number, number];
    expect([low.toFixed(1), high.toFixed(1)]).toEqual(['0.7', '2.5']);
  });

  test("Darwin's maize", () => {
    expect(signFlipP(maize)).toBe((2 * 863) / 2 ** 15);
  });
});

describe('properties', () => {
  const effects = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 10 });

  test('an interval holds the mean, grows with the level, and turns with the sign', () => {
    fc.assert(
      fc.property(effects, values => {
        const [low, high] = meanInterval(values, 0.95) as [number, number];
        const [wideLow, wideHigh] = meanInterval(values, 0.99) as [number, number];
        const [negatedLow, negatedHigh] = meanInterval(
          values.map(value => -value),
          0.95,
        ) as [number, number];
        expect(low).toBeLessThanOrEqual(mean(values));
        expect(wideLow).toBeLessThanOrEqual(low);
        expect(wideHigh).toBeGreaterThanOrEqual(high);
        expect(-negatedHigh).toBeCloseTo(low, 10);
        expect(-negatedLow).toBeCloseTo(high, 10);
      }),
    );
  });

  test('p is between 2/2^k and 1, and does not see the sign or the order', () => {
    fc.assert(
      fc.property(effects, values => {
        const p = signFlipP(values) as number;
        expect(p).toBeGreaterThanOrEqual(2 / 2 ** values.length);
        expect(p).toBeLessThanOrEqual(1);
        expect(signFlipP(values.map(value => -value))).toBe(p);
        expect(signFlipP([...values].reverse())).toBe(p);
      }),
    );
  });

  test('a 95 % interval of five normal effects covers the truth in 95 % of 4,000 experiments', () => {
    const random = stream(5, 'coverage');
    const covered = Array.from({ length: 4000 }, () => {
      const [low, high] = meanInterval(
        Array.from({ length: 5 }, () => 1 + 0.3 * random.normal()),
        0.95,
      ) as [number, number];
      return low <= 1 && 1 <= high;
    }).filter(Boolean).length;
    expect(Math.abs(covered / 4000 - 0.95)).toBeLessThan(0.012); // 3.5 standard errors
  });

  test('many effects: drawn patterns come close to the normal approximation', () => {
    const random = stream(6, 'many');
    const values = Array.from({ length: 21 }, () => 0.2 + random.normal());
    const z = (mean(values) * 21) / Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const normal = 2 * studentTail(Math.abs(z), 1e7);
    expect(signFlipP(values) as number).toBeGreaterThan(normal / 2);
    expect(signFlipP(values) as number).toBeLessThan(normal * 2);
  });
});

test('NaN is not left out', () => {
  expect(mean([1, Number.NaN])).toBeNaN();
  expect(meanInterval([1, Number.NaN, 2], 0.95)).toEqual([Number.NaN, Number.NaN]);
  expect(standardDeviation([1])).toBeNaN();
  expect(meanInterval([1], 0.95)).toBeNull();
  expect(signFlipP([])).toBeNull();
});

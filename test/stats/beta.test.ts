/** Against closed forms; SciPy's values are met through Student's t, exact intervals and McNemar's test. */
import { describe, expect, test } from 'vitest';
import { betaQuantile, binomialCdf, binomialPoint, regularisedBeta } from '../../src/stats/beta.ts';
import { logGamma, stirlingError } from '../../src/stats/gamma.ts';

const incomplete = (x: number, a: number, b: number): number => regularisedBeta(x, 1 - x, a, b);
const PLACES = [0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999];

describe('the regularised incomplete beta function', () => {
  test('is a power where one parameter is 1, and a polynomial where both are whole', () => {
    for (const x of PLACES) {
      expect(incomplete(x, 1, 1)).toBeCloseTo(x, 14);
      expect(incomplete(x, 3.5, 1)).toBeCloseTo(x ** 3.5, 13);
      expect(incomplete(x, 1, 3.5)).toBeCloseTo(1 - (1 - x) ** 3.5, 13);
      expect(incomplete(x, 2, 2)).toBeCloseTo(3 * x ** 2 - 2 * x ** 3, 14);
      expect(incomplete(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 13);
    }
  });

  test('is 0 and 1 at its ends, and its mirror image from the other side', () => {
    expect([incomplete(0, 2, 3), incomplete(1, 2, 3)]).toEqual([0, 1]);
    expect([regularisedBeta(-0.1, 1.1, 2, 3), regularisedBeta(1.1, -0.1, 2, 3)]).toEqual([0, 1]);
    for (const x of PLACES)
      for (const [a, b] of [[0.3, 7] as const, [40, 60] as const, [2000, 3000] as const])
        expect(incomplete(x, a, b)).toBeCloseTo(1 - regularisedBeta(1 - x, x, b, a), 12);
  });

  test('has its inverse; there is none outside its range', () => {
    for (const p of PLACES) {
      expect(betaQuantile(p, 1, 1)).toBeCloseTo(p, 14);
      expect(incomplete(betaQuantile(p, 4, 9), 4, 9)).toBeCloseTo(p, 12);
    }
    const outside = [[0, 1, 1] as const, [1, 1, 1] as const, [0.5, 0, 1] as const, [0.5, 1, 0] as const];
    for (const [p, a, b] of [...outside, [Number.NaN, 1, 1] as const]) expect(betaQuantile(p, a, b)).toBeNaN();
  });
});

describe('the binomial distribution', () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);

  test('of seven trials, by counting', () => {
    for (const p of [0.2, 0.5, 0.9]) {
      let below = 0;
      for (let k = 0; k <= 7; k++) {
        const point = choose(7, k) * p ** k * (1 - p) ** (7 - k);
        below += point;
        expect(binomialPoint(k, 7, p)).toBeCloseTo(point, 13);
        expect(binomialCdf(k, 7, p)).toBeCloseTo(below, 13);
      }
    }
  });

  test('has nothing below none and all at all', () => {
    expect([-1, 7, 8].map(k => binomialCdf(k, 7, 0.3))).toEqual([0, 1, 1]);
  });
});

describe('the gamma function', () => {
  test('is the factorial, and √π at a half', () => {
    let factorial = 1;
    for (let n = 1; n < 30; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  });

  test('what Stirling’s formula lacks is the same by its series and by subtraction, and falls as 1/12z', () => {
    const bySubtraction = (z: number): number =>
      logGamma(z) - ((z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI));
    for (const z of [1, 15.999, 16, 17.5, 40]) expect(stirlingError(z)).toBeCloseTo(bySubtraction(z), 12);
    // The series to its third term, of which the fourth is the error.
    for (const z of [16, 25, 1000])
      expect(stirlingError(z)).toBeCloseTo(1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5), 11);
  });
});

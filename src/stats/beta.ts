/**
 * The regularised incomplete beta function and its inverse, to 1e-10 for parameters up to 1e5 (against SciPy, in the
 * tests). NaN for arguments outside their range.
 */
import { stirlingError } from './gamma.ts';
import { turningPoint } from './turning-point.ts';

const MAX_TERMS = 10_000;
const TINY = 1e-300;

/** I_x(a, b), `y` = 1 − x given apart: continued fraction of DLMF 8.17.22, on the side where it converges fast. */
export function regularisedBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = powerTerm(x, y, a, b);
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(y, b, a)) / b;
}

/** The x with I_x(a, b) = p, for 0 < p < 1. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p > 0 && p < 1 && a > 0 && b > 0)) return Number.NaN;
  return turningPoint(0, 1, x => regularisedBeta(x, 1 - x, a, b) < p);
}

/** P(X ≤ k) of n trials with chance p each. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : regularisedBeta(1 - p, p, n - k, k + 1);
}

/** P(X = k) of n trials with chance p each, 0 < p < 1: as a power term, which keeps its digits where n is large. */
export function binomialPoint(k: number, n: number, p: number): number {
  if (k === 0) return (1 - p) ** n;
  return k === n ? p ** n : powerTerm(p, 1 - p, k, n - k) * (n / (k * (n - k)));
}

/**
 * x^a y^b / B(a, b). Powers and gamma functions are huge and cancel: only their quotient by Stirling's formula is
 * formed (Loader 2000).
 */
function powerTerm(x: number, y: number, a: number, b: number): number {
  const sum = a + b;
  const exponent = a * Math.log((x * sum) / a) + b * Math.log((y * sum) / b);
  const correction = stirlingError(sum) - stirlingError(a) - stirlingError(b);
  return Math.sqrt((a * b) / (2 * Math.PI * sum)) * Math.exp(exponent + correction);
}

/** Lentz's method as modified by Thompson & Barnett 1986. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < Number.EPSILON) break;
  }
  return fraction;
}

const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

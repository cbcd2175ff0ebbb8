/**
 * Student's t distribution: probabilities and quantiles, to 1e-10 for real df of 1 … 1000 (against SciPy, in the tests).
 * NaN for arguments outside their range.
 */

const MAX_TERMS = 10_000;
const TINY = 1e-300;
/** Lanczos's approximation with g = 7 and 9 coefficients (Godfrey 2001): about 15 digits. */
const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** P(T > t) for t ≥ 0 and real degrees of freedom df > 0: half the regularised incomplete beta function. */
export function studentTail(t: number, df: number): number {
  const x = df / (df + t * t);
  // Near x = 1 the complement keeps the digits.
  const complement = (t * t) / (df + t * t);
  return 0.5 * regularisedBeta(x, complement, df / 2, 0.5);
}

/** P(T ≤ t). */
export function studentCdf(t: number, df: number): number {
  return t >= 0 ? 1 - studentTail(t, df) : studentTail(-t, df);
}

/** The t with P(T ≤ t) = p, for 0 < p < 1. */
export function studentQuantile(p: number, df: number): number {
  return p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df);
}

/** The t > 0 that the two-sided interval of this level reaches: P(|T| > t) = 1 − level. */
export function studentCritical(level: number, df: number): number {
  return upperQuantile((1 - level) / 2, df);
}

/** The t ≥ 0 with P(T > t) = p, for 0 < p ≤ 1/2: a bracket by doubling, then bisection down to neighbouring numbers. */
function upperQuantile(p: number, df: number): number {
  if (!(p > 0 && p <= 0.5 && df > 0)) return Number.NaN;
  let low = 0;
  let high = 1;
  while (studentTail(high, df) > p) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTail(middle, df) > p) low = middle;
    else high = middle;
  }
}

/** I_x(a, b), `y` = 1 − x given apart: continued fraction of DLMF 8.17.22, on the side where it converges fast. */
function regularisedBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(y) - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(y, b, a)) / b;
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

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln Γ(z) for z > 0. */
function logGamma(z: number): number {
  const x = z - 1;
  const series = LANCZOS.slice(1).reduce(
    (sum, coefficient, i) => sum + coefficient / (x + i + 1),
    LANCZOS[0] as number,
  );
  const t = x + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series);
}

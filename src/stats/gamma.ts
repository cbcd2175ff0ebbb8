/** Logarithms of the gamma function, for z > 0. */

/** Lanczos's approximation with g = 7 and 9 coefficients (Godfrey 2001): about 15 digits. */
const LANCZOS_G = 7;
const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS_REST = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
/** From here on Stirling's series has all digits. */
const LARGE = 16;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(z). */
export function logGamma(z: number): number {
  const x = z - 1;
  const series = LANCZOS_REST.reduce((sum, coefficient, i) => sum + coefficient / (x + i + 1), LANCZOS_FIRST);
  const t = x + LANCZOS_G + 0.5;
  return HALF_LOG_TWO_PI + (x + 0.5) * Math.log(t) - t + Math.log(series);
}

/** What Stirling's formula lacks: ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π). */
export function stirlingError(z: number): number {
  if (z < LARGE) return logGamma(z) - ((z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI);
  const square = z * z;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / z;
}

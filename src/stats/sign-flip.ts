import { stream } from '../core/random.ts';
import { fewest } from './fewest.ts';

/** Up to this many effects all sign patterns are counted; beyond, patterns are drawn. */
const MOST_EXACT = 20;
/** The standard error of a drawn p is then at most 0.0016, and 0.0007 near 0.05. */
const DRAWS = 100_000;
/** Sums closer than this share of Σ|effect| are ties: they may be equal, but for rounding. A tie counts against the effect. */
const TIE = 1e-10;

/**
 * Two-sided p of the sign-flip permutation test (Fisher 1935): the share of sign patterns whose mean is at least as far
 * from 0 as the one seen. Null without effects, NaN if one is not finite. With k effects it is never below 2/2^k: 0.0625
 * for five.
 */
export function signFlipP(effects: readonly number[]): number | null {
  if (effects.length === 0) return null;
  const size = effects.reduce((sum, effect) => sum + Math.abs(effect), 0);
  if (!Number.isFinite(size)) return Number.NaN;
  const seen = Math.abs(effects.reduce((sum, effect) => sum + effect, 0));
  const threshold = seen - TIE * size;
  if (threshold <= 0) return 1;
  return effects.length <= MOST_EXACT ? exactShare(effects, threshold) : drawnShare(effects, threshold);
}

/**
 * Every pattern is one of the first half's with one of the second half's, so the patterns above the threshold are counted
 * by search in the second half's sorted sums. As many lie below its negative.
 */
function exactShare(effects: readonly number[], threshold: number): number {
  const half = Math.floor(effects.length / 2);
  const second = Float64Array.from(signedSums(effects.slice(half))).sort();
  const above = signedSums(effects.slice(0, half)).reduce((n, sum) => n + countFrom(second, threshold - sum), 0);
  return (2 * above) / 2 ** effects.length;
}

/** Of all 2^k patterns. */
function signedSums(effects: readonly number[]): number[] {
  return effects.reduce<number[]>((sums, effect) => sums.flatMap(sum => [sum + effect, sum - effect]), [0]);
}

/** How many of the ascending values are at least `least`. */
function countFrom(ascending: Float64Array, least: number): number {
  return ascending.length - fewest(0, ascending.length, at => (ascending[at] as number) >= least);
}

/** The pattern seen counts as one of the draws, so that p is never 0 (Phipson & Smyth 2010). */
function drawnShare(effects: readonly number[], threshold: number): number {
  const random = stream(0, 'sign-flip', effects.length);
  let extreme = 1;
  for (let draw = 1; draw < DRAWS; draw++) {
    const total = effects.reduce((sum, effect) => sum + (random.uniform() < 0.5 ? effect : -effect), 0);
    if (Math.abs(total) >= threshold) extreme++;
  }
  return extreme / DRAWS;
}

import { stream } from '../core/random.ts';
import { mean } from './summary.ts';

/** Up to this many effects all sign patterns are counted; beyond, as many are drawn as this would have. */
const MOST_EXACT = 20;
/** Sums that differ by rounding only are ties. */
const TOLERANCE = 1e-12;

/**
 * Two-sided p of the sign-flip permutation test (Fisher 1935): the share of sign patterns whose mean is at least as far
 * from 0 as the one seen. Null without effects. With k effects it is never below 2/2^k: 0.0625 for five.
 */
export function signFlipP(effects: readonly number[]): number | null {
  if (effects.length === 0) return null;
  const seen = Math.abs(mean(effects)) * effects.length;
  const threshold = seen - TOLERANCE * Math.max(1, seen);
  return effects.length <= MOST_EXACT ? exactShare(effects, threshold) : drawnShare(effects, threshold);
}

/** Patterns in Gray order: each differs from the last by one sign, so a sum costs one addition. */
function exactShare(effects: readonly number[], threshold: number): number {
  const patterns = 2 ** effects.length;
  const signs = effects.map(() => 1);
  let total = effects.reduce((sum, effect) => sum + effect, 0);
  let extreme = 0;
  for (let pattern = 1; pattern <= patterns; pattern++) {
    if (Math.abs(total) >= threshold) extreme++;
    if (pattern === patterns) break;
    const flipped = Math.log2(pattern & -pattern);
    signs[flipped] = -(signs[flipped] as number);
    total += 2 * (signs[flipped] as number) * (effects[flipped] as number);
  }
  return extreme / patterns;
}

/** The pattern seen counts as one of the draws, so that p is never 0 (Phipson & Smyth 2010). */
function drawnShare(effects: readonly number[], threshold: number): number {
  const draws = 2 ** MOST_EXACT;
  const random = stream(0, 'sign-flip', effects.length);
  let extreme = 1;
  for (let draw = 1; draw < draws; draw++) {
    const total = effects.reduce((sum, effect) => sum + (random.uniform() < 0.5 ? effect : -effect), 0);
    if (Math.abs(total) >= threshold) extreme++;
  }
  return extreme / draws;
}

import type { Outcome } from '../core/results.ts';
import { type Figure, isCensored } from './figure.ts';

/** A figure in a seed's effect. */
export interface Weighed {
  weight: number;
  figure: Figure;
}

/**
 * Why censored figures bar this outcome, or null. A censored figure stands for any larger one, so that an effect is at
 * least what it seems where the weight is positive, and at most that where it is negative.
 */
export function censoring(all: readonly Weighed[], outcome: Outcome, effect: number, twoSided: boolean): string | null {
  const censored = all.filter(({ figure }) => isCensored(figure));
  const barring = censored.filter(({ weight }) => bars(weight, outcome, effect, twoSided)).length;
  if (barring === 0) return null;
  return `${barring} of ${all.length} figures never came that far in their steps: the effect may be another`;
}

function bars(weight: number, outcome: Outcome, effect: number, twoSided: boolean): boolean {
  if (outcome === 'inconclusive') return false;
  if (twoSided) return outcome === 'confirmed' || weight * effect < 0;
  return outcome === 'confirmed' ? weight < 0 : weight > 0;
}

import type { Claim } from '../core/experiment.ts';

/** From an effect to the nearest value at which the outcome of the claim turns. */
export function distanceToBound({ kind, margin }: Pick<Claim, 'kind' | 'margin'>, effect: number): number {
  return kind === 'equivalence' ? Math.abs(Math.abs(effect) - margin) : Math.abs(effect - margin);
}

/** The figures of a verdict, as verdict and table print them. */
import type { ClaimVerdict } from '../../core/results.ts';
import { digitsFor, formatEffect, formatInterval, formatNumber } from '../../stats/index.ts';

const NOTHING = '–';

export function effectText({ claim, effect, interval, seeds }: ClaimVerdict): string {
  return seeds.length === 0 ? NOTHING : formatEffect(effect, claim.unit, interval);
}

export const intervalText = ({ claim, interval }: ClaimVerdict): string =>
  interval ? `${formatInterval(interval, claim.unit)} ${claim.unit}` : NOTHING;

export const marginText = ({ claim, kind }: ClaimVerdict): string =>
  `${kind === 'equivalence' ? '±' : ''}${formatEffect(claim.margin, claim.unit)}`;

export const pText = ({ permutationP }: ClaimVerdict): string =>
  permutationP === null ? NOTHING : formatNumber(permutationP, digitsFor(permutationP));

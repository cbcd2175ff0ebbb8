/** The figures of a verdict, as verdict and table print them. */
import type { ClaimVerdict } from '../../core/results.ts';
import { digitsFor, formatEffect, formatInterval, formatNumber, inUnit } from '../../stats/index.ts';

const NOTHING = '–';

export function effectText({ claim, effect, interval, seeds }: ClaimVerdict): string {
  if (seeds.length === 0) return NOTHING;
  const digits = interval ? digitsFor(inUnit(interval[1] - interval[0], claim.unit)) : undefined;
  return formatEffect(effect, claim.unit, digits);
}

export const intervalText = ({ claim, interval }: ClaimVerdict): string =>
  interval ? `${formatInterval(interval, claim.unit)} ${claim.unit}` : NOTHING;

export const marginText = ({ claim, kind }: ClaimVerdict): string =>
  `${kind === 'equivalence' ? '±' : ''}${formatEffect(claim.margin, claim.unit)}`;

export const pText = ({ permutationP }: ClaimVerdict): string =>
  permutationP === null ? NOTHING : formatNumber(permutationP, digitsFor(permutationP));

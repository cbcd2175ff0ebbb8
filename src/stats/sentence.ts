import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { formatEffect, formatInterval } from './format.ts';

export const WORDS: Record<Outcome, string> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  inconclusive: 'Inconclusive',
};

/** The verdict for a person, with its figures in the claim's unit. */
export function sentenceOf(verdict: Omit<ClaimVerdict, 'sentence'>): string {
  const { claim, outcome, because, seedsNeeded } = verdict;
  const reason = because === null ? '' : ` (${because})`;
  const hint = seedsNeeded === null ? '' : ` About ${seedsNeeded} seeds would decide it.`;
  return `${WORDS[outcome]}${reason}: ${claim.statement}.${figuresOf(verdict)}${hint}${mixedText(verdict.mixed)}`;
}

/** "seed 3", "seeds 2, 4" */
export const seedsText = (seeds: readonly number[]): string =>
  `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;

/** A pair whose bits come from different kernels differs in more than its arms. */
export function mixedText(mixed: readonly number[] = []): string {
  return mixed.length === 0 ? '' : ` Of ${seedsText(mixed)} the runs had machines of several types.`;
}

function figuresOf({ claim, effect, interval, level, seeds }: Omit<ClaimVerdict, 'sentence'>): string {
  if (seeds.length === 0) return '';
  const { unit, margin, kind } = claim;
  const parts = [
    `Effect ${formatEffect(effect, unit, interval)}`,
    ...(interval ? [`${formatLevel(level)} interval ${formatInterval(interval, unit)}`] : []),
    `margin ${kind === 'equivalence' ? '±' : ''}${formatEffect(margin, unit)}`,
    seeds.length === 1 ? '1 seed' : `${seeds.length} seeds`,
  ];
  return ` ${parts.join(', ')}.`;
}

/** "95 %", "97.5 %": without the rounding of 100 × level. */
const formatLevel = (level: number): string => `${Number((100 * level).toPrecision(12))} %`;

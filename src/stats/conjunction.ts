/** Several claims that must hold together. */
import type { Conjunction } from '../core/experiment.ts';
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { mixedText, WORDS } from './sentence.ts';
import { standardError } from './summary.ts';

/**
 * Confirmed if every part is, refuted if any part is. It needs no adjustment for the number of parts: each has to pass
 * its own test (Berger 1982, intersection-union). Its figures are those of the part that lies least far on its side.
 */
export function judgeConjunction(conjunction: Conjunction, verdicts: readonly ClaimVerdict[]): ClaimVerdict {
  const { id, statement, published } = conjunction;
  const parts = conjunction.parts.flatMap(part => verdicts.find(({ claim }) => claim.id === part) ?? []);
  const weakest = parts.reduce((least, part) => (support(part) < support(least) ? part : least));
  const outcome = outcomeOf(parts);
  const mixed = [...new Set(parts.flatMap(part => part.mixed ?? []))].sort((a, b) => a - b);
  return {
    ...weakest,
    ...(mixed.length > 0 && { mixed }),
    claim: { ...weakest.claim, id, statement, published },
    kind: 'conjunction',
    outcome,
    because: outcome === 'inconclusive' ? `${idsOf(parts, 'inconclusive')}: undecided` : null,
    sentence: `${sentenceOf(statement, outcome, parts)}${mixedText(mixed)}`,
  };
}

function outcomeOf(parts: readonly ClaimVerdict[]): Outcome {
  if (parts.some(part => part.outcome === 'refuted')) return 'refuted';
  return parts.every(part => part.outcome === 'confirmed') ? 'confirmed' : 'inconclusive';
}

/** An outcome first, then standard errors from the margin: below 0 speaks against the claim. */
function support({ claim, kind, outcome, effect, effects }: ClaimVerdict): number {
  const rank = { refuted: -1e6, inconclusive: 0, confirmed: 1e6 }[outcome];
  const distance = kind === 'equivalence' ? claim.margin - Math.abs(effect) : effect - claim.margin;
  const deviations = distance / standardError(effects);
  return rank + (Number.isNaN(deviations) ? 0 : Math.max(-1e5, Math.min(1e5, deviations)));
}

const idsOf = (parts: readonly ClaimVerdict[], outcome: Outcome): string =>
  parts.flatMap(part => (part.outcome === outcome ? [part.claim.id] : [])).join(', ');

function sentenceOf(statement: string, outcome: Outcome, parts: readonly ClaimVerdict[]): string {
  const counts = (['confirmed', 'refuted', 'inconclusive'] as const)
    .map(one => ({ one, ids: idsOf(parts, one) }))
    .filter(({ ids }) => ids !== '')
    .map(({ one, ids }) => `${one}: ${ids}`);
  return `${WORDS[outcome]}: ${statement}. Of its parts ${counts.join('; ')}.`;
}

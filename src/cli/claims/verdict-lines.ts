import { plainText } from '../../core/plain-text.ts';
import type { ClaimVerdict, Outcome } from '../../core/results.ts';
import { MARKS } from '../../report/outcomes.ts';
import { type Colour, colour } from '../output/colour.ts';

export const VERDICT_COLOURS: Record<Outcome, Colour> = { confirmed: 'green', refuted: 'red', inconclusive: 'yellow' };

/** A line for each claim: its mark and its sentence. */
export function verdictLines(verdicts: readonly ClaimVerdict[]): string {
  return verdicts
    .map(({ outcome, sentence }) => `${colour(MARKS[outcome], VERDICT_COLOURS[outcome])} ${plainText(sentence)}\n`)
    .join('');
}

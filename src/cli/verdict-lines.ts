import { plainText } from '../core/plain-text.ts';
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { type Colour, colour } from './colour.ts';

const MARKS: Record<Outcome, { mark: string; style: Colour }> = {
  confirmed: { mark: '✓', style: 'green' },
  refuted: { mark: '✗', style: 'red' },
  inconclusive: { mark: '?', style: 'yellow' },
};

/** A line for each claim: its mark and its sentence. */
export function verdictLines(verdicts: readonly ClaimVerdict[]): string {
  return verdicts
    .map(({ outcome, sentence }) => `${colour(MARKS[outcome].mark, MARKS[outcome].style)} ${plainText(sentence)}\n`)
    .join('');
}

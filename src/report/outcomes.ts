import type { Outcome } from '../core/results.ts';

/** A verdict is never told by colour alone. */
export const MARKS: Record<Outcome, string> = { confirmed: '✓', refuted: '✗', inconclusive: '?' };
export const WORDS: Record<Outcome, string> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  inconclusive: 'Inconclusive',
};

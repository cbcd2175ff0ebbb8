import { toWire } from '../core/journal.ts';

/** The value as JSON keeps it, but NaN and infinities as words instead of null. */
export function wordsForNumbers(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? toWire(inner) : inner)),
  );
}

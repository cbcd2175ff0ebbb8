import { toWire } from '../../core/journal.ts';
import { plainJson } from '../../core/plain-text.ts';

export function printJson(value: unknown): void {
  process.stdout.write(`${plainJson(JSON.stringify(value, null, 2))}\n`);
}

/** The value as JSON keeps it, but NaN and infinities as words instead of null. */
export function wordsForNumbers(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? toWire(inner) : inner)),
  );
}

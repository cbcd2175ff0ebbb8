/**
 * What a training loop hands over, looked at before anything is written: readers leave out an event that makes no sense,
 * and a run without its end counts as crashed.
 */
import { UserError } from '../core/errors.ts';
import { isObject } from '../core/is-object.ts';
import type { EndState } from '../core/journal.ts';

const ENDS: Record<EndState, true> = { finished: true, failed: true, killed: true, crashed: true };

/** Throws one line unless these are numbers by name, as far as a look at the whole can tell. */
export function requireFigures(call: 'log' | 'summary', values: unknown): void {
  if (isObject(values)) return;
  const got = Array.isArray(values) ? 'an array' : values === null ? 'null' : `a ${typeof values}`;
  throw new UserError(`${call}: expected numbers by name, as in { loss: 0.5 }, got ${got}.`);
}

/** Throws one line unless it is a way to end. */
export function requireEnd(state: unknown, reason: unknown): void {
  if (typeof state !== 'string' || !Object.hasOwn(ENDS, state))
    throw new UserError(`finish: expected one of ${Object.keys(ENDS).join(', ')}, got ${JSON.stringify(state)}.`);
  if (reason !== undefined && typeof reason !== 'string')
    throw new UserError(`finish: reason: expected a text, got a ${typeof reason}.`);
}

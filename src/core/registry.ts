import { closest, distance } from 'fastest-levenshtein';
import { UserError } from './errors.ts';

/** Finds `name` among `known`, or throws one line that names the nearest and all of the known ones. */
export function pick<T>(kind: string, name: string, known: ReadonlyMap<string, T>): T {
  const found = known.get(name);
  if (found === undefined) throw unknownName(kind, name, [...known.keys()]);
  return found;
}

export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const list = known.length > 0 ? known.join(', ') : 'none';
  return new UserError(`unknown ${kind} "${name}".${nearest(name, known)} Known: ${list}.`);
}

function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const candidate = closest(name, known);
  const tolerable = Math.max(2, Math.ceil(name.length / 2));
  return distance(name, candidate) <= tolerable ? ` Did you mean "${candidate}"?` : '';
}

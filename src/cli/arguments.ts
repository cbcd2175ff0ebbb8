/** Parsers of option values for commander. */
import { InvalidArgumentError } from 'commander';

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return value;
}

/** For options that may be repeated. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}

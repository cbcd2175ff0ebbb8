/** Parsers of option values for commander. */
import { InvalidArgumentError, Option } from 'commander';
import { DEVICES } from '../core/experiment.ts';

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return value;
}

export function countFromZero(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a whole number of at least 0.');
}

export const countOrAuto = (text: string): number | 'auto' => (text === 'auto' ? 'auto' : count(text));

/** For options that may be repeated. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}

export const deviceOption = (about: string): Option =>
  new Option('--device <device>', about).choices(DEVICES).default('cpu');

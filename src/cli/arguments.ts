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

const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000 };

/** "90s", "30m", "1.5h", in milliseconds. */
export function duration(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? [];
  if (unit === undefined) throw new InvalidArgumentError('Expected a time such as 90s, 30m or 2h.');
  return Number(value) * (UNIT_MS[unit] as number);
}

/** For options that may be repeated. */
export function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}

export const deviceOption = (about: string): Option =>
  new Option('--device <device>', about).choices(DEVICES).default('cpu');

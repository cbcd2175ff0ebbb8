/** Numbers as a person reads them. */
import type { Interval } from './interval.ts';

/** Units that are not the metric's own. */
const SCALE: Record<string, number> = { pp: 100, '%': 100, 'G multiply-adds': 1e-9 };

/** Digits behind the point that show two figures of `spread`: an effect is not more exact than its interval is wide. */
export function digitsFor(spread: number): number {
  if (!Number.isFinite(spread) || spread === 0) return 3;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(spread)))));
}

/** "0.154 nats", "3.4 pp"; with its interval, to the digits that the interval has. */
export function formatEffect(value: number, unit: string, interval: Interval | null = null): string {
  const digits = digitsFor(inUnit(interval ? interval[1] - interval[0] : value, unit));
  return `${formatNumber(inUnit(value, unit), digits)} ${unit}`;
}

/** "0.11 to 0.19" */
export function formatInterval([low, high]: Interval, unit: string): string {
  const digits = digitsFor(inUnit(high - low, unit));
  return `${formatNumber(inUnit(low, unit), digits)} to ${formatNumber(inUnit(high, unit), digits)}`;
}

/** With a true minus sign, and never "-0". */
export function formatNumber(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'unknown';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

export const inUnit = (value: number, unit: string): number => value * (SCALE[unit] ?? 1);

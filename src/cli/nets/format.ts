/** Numbers and shapes of nets as text. */
import type { Shape } from '../../core/net.ts';

const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** "61.0 M", "724 M", "3.86 G": three digits. */
export function formatCompact(value: number): string {
  for (const [size, unit] of UNITS) {
    if (value >= 0.9995 * size) return `${threeDigits(value / size)} ${unit}`;
  }
  return String(value);
}

/** "60,965,224". */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

export function formatShape(shape: Shape): string {
  return shape.join('×');
}

/** Of a whole: "61.9 %"; nothing for nothing. */
export function formatShare(part: number, whole: number): string {
  if (part === 0) return '';
  const percent = (100 * part) / whole;
  return percent < 0.05 ? '< 0.1' : percent.toFixed(1);
}

function threeDigits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

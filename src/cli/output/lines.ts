/** Lines of a name and a value, in sections with a title. What others wrote is made plain. */
import type { Json } from '../../core/ids.ts';
import { plainText } from '../../core/plain-text.ts';
import { colour } from './colour.ts';

export type Line = readonly [name: string, value: string];

/** Sections without text are left out. */
export function formatSections(sections: readonly (readonly [title: string, text: string])[]): string {
  const shown = sections.filter(([, text]) => text !== '');
  return shown.map(([title, text]) => `${colour(plainText(title), 'bold')}\n${text}`).join('\n');
}

export function formatLines(lines: readonly Line[]): string {
  const plain = lines.map(([name, value]) => [plainText(name), plainText(value)] as const);
  const width = Math.max(0, ...plain.map(([name]) => name.length));
  return plain.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('');
}

export const jsonLine = ([name, value]: readonly [string, Json]): Line => [name, plainValue(value)];

export function plainValue(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

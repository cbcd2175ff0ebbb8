/**
 * How large a box must be for its text. The font is Arial or one of its metric twins, so that widths are known here; where
 * there is none of them, another font is set to these widths.
 */
import type { Box } from './graph.ts';
import { formatShape } from './words.ts';

export interface Size {
  width: number;
  height: number;
}

/** Pixels of the drawing. */
export const SIZES = {
  words: 12,
  small: 10,
  padding: 8,
  box: 38,
  join: 20,
  tower: 6,
  least: 128,
  title: 15,
  caption: 11,
} as const;

/** Widths of Arial in thousandths of its size; what is not listed is taken for wide. */
const WIDTHS: Record<string, number> = widths({
  222: "ijl'",
  278: ' .,:;/!ftI[]',
  333: 'r()-·`"',
  260: '|',
  500: 'ckvxyszJ',
  556: 'abdeghnopqu0123456789L_–?',
  584: '+=<>×−~',
  667: 'ABEKPSVXY&',
  722: 'CDHNRUw',
  611: 'FTZ',
  833: 'mM',
  778: 'GOQ',
});
const WIDEST = 1000;
const BOLD = 1.09;

export function sizeOfBox(box: Box): Size {
  if (box.kind === 'join') return { width: joinWidth(box), height: SIZES.join };
  return { width: Math.max(SIZES.least, contentWidth(box)), height: SIZES.box };
}

/** What stands in a joint, in one line. Sizes of sums are those of what is added. */
export function joinText({ words, after, output }: Box): string {
  const size = words === 'concat' ? formatShape(output) : '';
  return [words, after, size].filter(Boolean).join('  ');
}

/** What stands in a box's corners. Two towers say their words twice; modules go by their names. */
export function cornersOf(box: Box): Record<Exclude<TextKind, 'join'>, string> {
  const { kind, words, after, name, output, towers } = box;
  const size = formatShape(output);
  if (kind === 'module') return { words: name, after, name: words, size };
  if (towers === 1) return { words, after, name, size };
  return { words, after: '', name: [name, after].filter(Boolean).join(' · '), size };
}

/** What a text of a box is, by its class in the drawing. */
export type TextKind = 'words' | 'after' | 'name' | 'size' | 'join';

export function textLength(kind: TextKind, text: string): number {
  return textWidth(text, kind === 'words' ? SIZES.words : SIZES.small, kind === 'words' || kind === 'join');
}

export function textWidth(text: string, size: number, bold = false): number {
  const thousandths = [...text].reduce((sum, character) => sum + (WIDTHS[character] ?? WIDEST), 0);
  return (thousandths * size * (bold ? BOLD : 1)) / 1000;
}

function contentWidth(box: Box): number {
  const { words, after, name, size } = cornersOf(box);
  const { padding, tower } = SIZES;
  const [upper, lower] = [textLength('words', words), textLength('name', name)];
  const right = textLength('size', size);
  if (box.towers === 2) return 2 * (Math.max(upper, lower, right) + 2 * padding) + tower;
  const gap = (text: string): number => (text === '' ? 0 : 12);
  const first = upper + gap(after) + textLength('after', after);
  return Math.ceil(Math.max(first, lower + gap(size) + right) + 2 * padding);
}

function joinWidth(box: Box): number {
  return Math.ceil(textLength('join', joinText(box)) + 2 * SIZES.padding);
}

function widths(byWidth: Record<number, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(byWidth).flatMap(([width, characters]) => [...characters].map(one => [one, Number(width)])),
  );
}

/** Layers of two nets as a table of differences. */
import { stripVTControlCharacters } from 'node:util';
import type { Colour } from '../output/colour.ts';
import { type Column, formatTable } from '../output/table.ts';
import type { Aligned } from './align.ts';
import { formatCompact } from './format.ts';
import { describeRow, type NetRow } from './rows.ts';

export type Pair = Aligned<NetRow>;

/** Side by side where there is room; else a layer that changed has a line for each net. */
export function formatDiff(pairs: readonly Pair[], width = process.stdout.columns ?? Number.POSITIVE_INFINITY): string {
  const wide = formatTable(pairs, sideBySide);
  const widest = Math.max(...wide.split('\n').map(line => stripVTControlCharacters(line).length));
  return widest <= width ? wide : formatTable(pairs.flatMap(linesOf), oneBelowTheOther);
}

export function isAlike({ a, b }: Pair): boolean {
  return a !== undefined && b !== undefined && describeRow(a) === describeRow(b) && a.parameters === b.parameters;
}

type Mark = '+' | '-' | '~' | '';

const MARK_COLOURS: Record<Mark, Colour | null> = { '+': 'green', '-': 'red', '~': 'yellow', '': null };

const sideBySide: readonly Column<Pair>[] = [
  { title: '', text: markOf, colour: pair => MARK_COLOURS[markOf(pair)] },
  { title: 'layer', text: ({ a, b }) => (a ?? b)?.name ?? '' },
  { title: 'first', text: pair => (pair.a ? textOf(pair.a, pair) : '') },
  { title: 'second', text: pair => (pair.b ? textOf(pair.b, pair) : '') },
];

interface Line {
  mark: Mark;
  name: string;
  text: string;
}

const oneBelowTheOther: readonly Column<Line>[] = [
  { title: '', text: line => line.mark, colour: line => MARK_COLOURS[line.mark] },
  { title: 'layer', text: line => line.name },
  { title: '- only the first, + only the second', text: line => line.text },
];

function linesOf(pair: Pair): Line[] {
  const line = (mark: Mark, row: NetRow): Line => ({ mark, name: row.name, text: textOf(row, pair) });
  if (pair.a && isAlike(pair)) return [line('', pair.a)];
  return [...(pair.a ? [line('-', pair.a)] : []), ...(pair.b ? [line('+', pair.b)] : [])];
}

/** Where only the inputs differ, the parameters show it. */
function textOf(row: NetRow, { a, b }: Pair): string {
  const text = describeRow(row);
  const equal = a !== undefined && b !== undefined && describeRow(a) === describeRow(b);
  return equal && a.parameters !== b.parameters ? `${text}, ${formatCompact(row.parameters)} parameters` : text;
}

function markOf(pair: Pair): Mark {
  if (!pair.a) return '+';
  if (!pair.b) return '-';
  return isAlike(pair) ? '' : '~';
}

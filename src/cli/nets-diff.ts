/** Layers of two nets as a table of differences. */
import { stripVTControlCharacters } from 'node:util';
import type { Colour } from './colour.ts';
import type { Aligned } from './nets-align.ts';
import { describeRow, type NetRow } from './nets-rows.ts';
import { type Column, formatTable } from './table.ts';

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
  { title: 'first', text: ({ a }) => (a ? describeRow(a) : '') },
  { title: 'second', text: ({ b }) => (b ? describeRow(b) : '') },
];

interface Line {
  mark: Mark;
  row: NetRow;
}

const oneBelowTheOther: readonly Column<Line>[] = [
  { title: '', text: line => line.mark, colour: line => MARK_COLOURS[line.mark] },
  { title: 'layer', text: line => line.row.name },
  { title: '- only the first, + only the second', text: line => describeRow(line.row) },
];

function linesOf(pair: Pair): Line[] {
  if (pair.a && isAlike(pair)) return [{ mark: '', row: pair.a }];
  const before: Line[] = pair.a ? [{ mark: '-', row: pair.a }] : [];
  return pair.b ? [...before, { mark: '+', row: pair.b }] : before;
}

function markOf(pair: Pair): Mark {
  if (!pair.a) return '+';
  if (!pair.b) return '-';
  return isAlike(pair) ? '' : '~';
}

import { plainText } from '../../core/plain-text.ts';
import { type Colour, colour } from './colour.ts';

export interface Column<Row> {
  title: string;
  align?: 'left' | 'right';
  text(row: Row): string;
  /** Colours a cell; ignored where colours are unwelcome. */
  colour?(row: Row): Colour | null;
}

/** Lines of text: a head, then one line a row, in columns as wide as they need to be. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const texts = rows.map(row => columns.map(column => plainText(column.text(row))));
  const widths = columns.map((column, i) => Math.max(column.title.length, ...texts.map(line => line[i]?.length ?? 0)));
  const cell = (i: number, text: string): string =>
    columns[i]?.align === 'right' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
  const head = colour(
    columns
      .map((column, i) => cell(i, column.title))
      .join('  ')
      .trimEnd(),
    'bold',
  );
  const lines = rows.map((row, r) =>
    columns.map((column, i) => colour(cell(i, texts[r]?.[i] ?? ''), column.colour?.(row) ?? null)).join('  '),
  );
  return [head, ...lines].map(line => `${line.trimEnd()}\n`).join('');
}

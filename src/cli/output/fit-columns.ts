import type { Column } from './table.ts';

export interface RankedColumn<Row> extends Column<Row> {
  /** Those of the highest rank go first where the terminal is narrow; 0 always stays. */
  rank: number;
}

const GAP = 2;

/** As many columns as fit into so many characters, and the titles of those that do not. */
export function fitColumns<Row>(
  rows: readonly Row[],
  columns: readonly RankedColumn<Row>[],
  width = process.stdout.columns ?? Number.POSITIVE_INFINITY,
): { columns: RankedColumn<Row>[]; left: string[] } {
  const kept = [...columns];
  const widths = new Map(columns.map(column => [column, widthOf(rows, column)]));
  const total = (): number => kept.reduce((sum, column) => sum + (widths.get(column) ?? 0) + GAP, -GAP);
  while (total() > width) {
    const last = kept.reduce((worst, column) => (column.rank > worst.rank ? column : worst));
    if (last.rank === 0) break;
    kept.splice(kept.indexOf(last), 1);
  }
  return { columns: kept, left: columns.filter(column => !kept.includes(column)).map(column => column.title) };
}

/** One line that says what a narrow terminal does not show. */
export function leftOut(titles: readonly string[]): string {
  return titles.length === 0 ? '' : `Not shown for want of room: ${titles.join(', ')}.\n`;
}

function widthOf<Row>(rows: readonly Row[], column: Column<Row>): number {
  return rows.reduce((widest, row) => Math.max(widest, column.text(row).length), column.title.length);
}

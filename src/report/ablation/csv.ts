import { stringify } from 'csv-stringify/sync';
import type { AblationTable } from './table.ts';

/** Tidy: a row an arm and metric, unrounded, in the metric's unit for people. A spreadsheet takes no name for a formula. */
export function ablationCsv({ columns, rows }: AblationTable): string {
  const lines = rows.flatMap(({ arm, cells }) =>
    cells.map(({ figure, best }, i) => ({
      arm,
      metric: columns[i]?.metric.name,
      unit: columns[i]?.metric.unit,
      seeds: figure.values.length,
      mean: figure.values.length > 0 ? figure.mean : '',
      low: figure.interval?.[0] ?? '',
      high: figure.interval?.[1] ?? '',
      best: best ? 'yes' : 'no',
    })),
  );
  return stringify(lines, { header: true, escape_formulas: true });
}

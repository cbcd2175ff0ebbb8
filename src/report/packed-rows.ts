/** Rows of a chart as the page holds them: by columns, a fifth of the bytes. The page's script puts them together again. */
import type { Json } from '../core/ids.ts';
import type { Row } from './charts/_chart.ts';

/** Consecutive rows that have the same fields. */
interface PackedTable {
  keys: string[];
  columns: (Json[] | { runs: [value: Json, count: number][] })[];
}

export function packRows(rows: readonly Row[]): PackedTable[] {
  const tables: { keys: string[]; rows: Row[] }[] = [];
  for (const row of rows) {
    const keys = Object.keys(row);
    const last = tables.at(-1);
    if (last && last.keys.length === keys.length && keys.every((key, i) => key === last.keys[i])) last.rows.push(row);
    else tables.push({ keys, rows: [row] });
  }
  return tables.map(table => ({
    keys: table.keys,
    columns: table.keys.map(key => packColumn(table.rows.map(row => row[key] ?? null))),
  }));
}

function packColumn(values: readonly Json[]): PackedTable['columns'][number] {
  const runs: [Json, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[0] === value) last[1]++;
    else runs.push([value, 1]);
  }
  return runs.length * 2 < values.length ? { runs } : [...values];
}

import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { FileWriter } from './file-writer.ts';
import type { RunRecord } from './run-record.ts';
import type { ExportTarget } from './target.ts';

export const RUN_COLUMNS = [
  ...['id', 'experiment', 'tier', 'arm', 'levels', 'seed', 'name', 'tags', 'state', 'reason'],
  ...['startedAt', 'endedAt', 'config', 'history'],
] as const;
export const POINT_COLUMNS = ['run', 'metric', 'step', 'value', 'time'] as const;
export const METRIC_COLUMNS = ['run', 'metric', 'value'] as const;
/** Columns whose cells are JSON. */
export const JSON_COLUMNS: readonly string[] = ['levels', 'tags', 'config', 'history'];

/** `runs.csv`, `metrics.csv` (final figures) and `points.csv`. Numbers have as many digits as give the same 64 bits back. */
export function toCsv(folder: string): ExportTarget {
  const runs = table(folder, 'runs', RUN_COLUMNS);
  const metrics = table(folder, 'metrics', METRIC_COLUMNS);
  const points = table(folder, 'points', POINT_COLUMNS);
  return {
    run: record => {
      runs.write([runRow(record)]);
      metrics.write(Object.entries(record.metrics).map(([name, value]) => [record.id, name, String(value)]));
    },
    points: ({ id }, page) =>
      points.write(page.map(({ metric, step, value, time }) => [id, metric, step, String(value), time])),
    finish: () => {
      for (const file of [runs, metrics, points]) file.close();
    },
  };
}

function table(folder: string, name: string, columns: readonly string[]) {
  const file = new FileWriter(join(folder, `${name}.csv`));
  file.write(stringify([columns]));
  return { write: (rows: unknown[][]) => file.write(stringify(rows)), close: () => file.close() };
}

const runRow = (record: RunRecord): unknown[] =>
  RUN_COLUMNS.map(name => (JSON_COLUMNS.includes(name) ? JSON.stringify(record[name]) : record[name]));

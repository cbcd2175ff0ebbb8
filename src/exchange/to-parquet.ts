import { join } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Point, RunRecord } from './run-record.ts';
import type { ExportTarget } from './target.ts';

/** Rows that are encoded together: what is kept in memory. */
const ROW_GROUP_ROWS = 100_000;

type Type = 'STRING' | 'INT64' | 'DOUBLE' | 'TIMESTAMP';
type Columns<Row> = Record<string, [type: Type, value: (row: Row) => unknown]>;

const whole = (value: number | null): bigint | null => (value === null ? null : BigInt(Math.round(value)));
const date = (value: number | null): Date | null => (value === null ? null : new Date(value));

const RUN_COLUMNS: Columns<RunRecord> = {
  id: ['STRING', run => run.id],
  experiment: ['STRING', run => run.experiment],
  tier: ['STRING', run => run.tier],
  arm: ['STRING', run => run.arm],
  levels: ['STRING', run => JSON.stringify(run.levels)],
  seed: ['INT64', run => whole(run.seed)],
  name: ['STRING', run => run.name],
  tags: ['STRING', run => JSON.stringify(run.tags)],
  state: ['STRING', run => run.state],
  reason: ['STRING', run => run.reason],
  startedAt: ['TIMESTAMP', run => date(run.startedAt)],
  endedAt: ['TIMESTAMP', run => date(run.endedAt)],
  config: ['STRING', run => JSON.stringify(run.config)],
  history: ['STRING', run => JSON.stringify(run.history)],
};

interface Figure {
  run: string;
  metric: string;
  value: number;
}

const METRIC_COLUMNS: Columns<Figure> = {
  run: ['STRING', row => row.run],
  metric: ['STRING', row => row.metric],
  value: ['DOUBLE', row => row.value],
};

const POINT_COLUMNS: Columns<Point & Figure> = {
  run: ['STRING', row => row.run],
  metric: ['STRING', row => row.metric],
  step: ['INT64', row => whole(row.step)],
  value: ['DOUBLE', row => row.value],
  time: ['TIMESTAMP', row => date(row.time)],
};

/** `runs.parquet`, `metrics.parquet` (final figures) and `points.parquet`. Values are doubles: all 64 bits, NaN too. */
export function toParquet(folder: string): ExportTarget {
  const runs = table(join(folder, 'runs.parquet'), RUN_COLUMNS);
  const metrics = table(join(folder, 'metrics.parquet'), METRIC_COLUMNS);
  const points = table(join(folder, 'points.parquet'), POINT_COLUMNS);
  return {
    run: record => {
      runs.add([record]);
      metrics.add(Object.entries(record.metrics).map(([metric, value]) => ({ run: record.id, metric, value })));
    },
    points: ({ id }, page) => points.add(page.map(point => ({ run: id, ...point }))),
    finish: () => {
      for (const file of [runs, metrics, points]) file.close();
    },
  };
}

function table<Row>(path: string, columns: Columns<Row>) {
  const schema = [{ name: 'root', num_children: Object.keys(columns).length }, ...Object.entries(columns).map(element)];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema });
  let rows: Row[] = [];
  const flush = (): void => {
    const columnData = Object.entries(columns).map(([name, [, value]]) => ({ name, data: rows.map(value) }));
    if (rows.length > 0) writer.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
    rows = [];
  };
  return {
    add: (more: readonly Row[]) => {
      for (const row of more) rows.push(row);
      if (rows.length >= ROW_GROUP_ROWS) flush();
    },
    close: () => {
      flush();
      writer.finish();
    },
  };
}

function element([name, [type]]: [string, [Type, unknown]]) {
  const repetition_type = 'OPTIONAL' as const;
  if (type === 'STRING') return { name, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, repetition_type };
  if (type === 'TIMESTAMP')
    return { name, type: 'INT64' as const, converted_type: 'TIMESTAMP_MILLIS' as const, repetition_type };
  return { name, type, repetition_type };
}

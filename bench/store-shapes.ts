/** What a point costs as a row of the store, and as a part of a column blob, and what a curve in buckets costs then. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';

const METRICS = 10;
const STEPS = 100_000;
const BLOCK = 1024;
const BUCKETS = 1000;
const ROWS_AT_ONCE = 32;
/** A key of some thousands, as most runs have. */
const RUN = 5000;
/** Steps that a curve has room for among the keys of rows. */
const CURVE = 2 ** 24;

export interface ShapeCost {
  bytesPerPoint: number;
  pointsPerSecond: number;
  /** One curve of 100,000 points in 1,000 buckets by a look at every point. */
  bucketsMs: number;
}

type Point = [step: number, value: number, time: number];

export function measureShapes(folder: string): Record<'rows' | 'keyedRows' | 'columns' | 'columnsDeflated', ShapeCost> {
  return {
    rows: measure(join(folder, 'rows.sqlite'), asRows),
    keyedRows: measure(join(folder, 'keyed-rows.sqlite'), asKeyedRows),
    columns: measure(join(folder, 'columns.sqlite'), database =>
      asColumns(
        database,
        bytes => bytes,
        bytes => bytes,
      ),
    ),
    columnsDeflated: measure(join(folder, 'deflated.sqlite'), database =>
      asColumns(database, deflateRawSync, bytes => inflateRawSync(bytes)),
    ),
  };
}

interface Shape {
  write(metric: number, points: readonly Point[]): void;
  buckets(metric: number): number;
}

function measure(path: string, shape: (database: Database.Database) => Shape): ShapeCost {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  const { write, buckets } = shape(database);
  const emptyBytes = statSync(path).size;
  let elapsedMs = 0;
  for (let from = 0; from < STEPS; from += BLOCK) {
    const parts = Array.from({ length: METRICS }, (_, metric) => pointsOf(metric, from, Math.min(STEPS, from + BLOCK)));
    const startMs = performance.now();
    database.transaction(() => parts.forEach((points, metric) => void write(metric, points)))();
    elapsedMs += performance.now() - startMs;
  }
  const startMs = performance.now();
  if (buckets(3) !== STEPS) throw new Error(`${path}: a bucket lacks points`);
  const bucketsMs = performance.now() - startMs;
  database.close();
  const bytes = statSync(path).size - emptyBytes;
  rmSync(path);
  const points = METRICS * STEPS;
  return { bytesPerPoint: bytes / points, pointsPerSecond: (1000 * points) / elapsedMs, bucketsMs };
}

function pointsOf(metric: number, from: number, to: number): Point[] {
  // Losses as they are: a trend and noise in all 52 bits. No bits repeat, so nothing but steps and times can be packed.
  return Array.from({ length: to - from }, (_, i) => {
    const step = from + i + 1;
    return [step, 2 / Math.sqrt(step) + 0.1 * Math.sin(step * 12.9898 + metric), 97 * step + ((step * 7919) % 13)];
  });
}

/** As the store has them: one number says curve and step, and what is appended fills its page. */
const asRows = (database: Database.Database): Shape =>
  rowsIn(database, {
    table: 'CREATE TABLE points (at INTEGER PRIMARY KEY, value REAL, time INTEGER NOT NULL)',
    row: (metric, [step, value, time]) => [metric * CURVE + step, value, time],
    step: `at % ${CURVE}`,
    ofMetric: `at BETWEEN ?1 * ${CURVE} AND ?1 * ${CURVE} + ${CURVE - 1}`,
  });

/** As it had them up to schema 4: a page that is full is split, and both halves stay seven eighths full. */
const asKeyedRows = (database: Database.Database): Shape =>
  rowsIn(database, {
    table: `CREATE TABLE points (run INTEGER NOT NULL, metric INTEGER NOT NULL, step INTEGER NOT NULL, value REAL,
      time INTEGER NOT NULL, PRIMARY KEY (run, metric, step)) WITHOUT ROWID`,
    row: (metric, [step, value, time]) => [RUN, metric, step, value, time],
    step: 'step',
    ofMetric: `run = ${RUN} AND metric = ?1`,
  });

interface RowLayout {
  table: string;
  row(metric: number, point: Point): number[];
  /** SQL, as is the next. */
  step: string;
  ofMetric: string;
}

function rowsIn(database: Database.Database, { table, row, step, ofMetric }: RowLayout): Shape {
  database.exec(table);
  const marks = `(${row(0, [0, 0, 0])
    .fill(0)
    .map(() => '?')})`;
  const insertOf = (rows: number) =>
    database.prepare(`INSERT OR REPLACE INTO points VALUES ${Array(rows).fill(marks)}`);
  const [one, many] = [insertOf(1), insertOf(ROWS_AT_ONCE)];
  const sql = `SELECT (${step} - 1) * ${BUCKETS} / ${STEPS} AS bucket, count(*) AS points, min(value), max(value), avg(value)
    FROM points WHERE ${ofMetric} GROUP BY bucket`;
  return {
    write(metric, points) {
      for (let i = 0; i < points.length; i += ROWS_AT_ONCE) {
        const rows = points.slice(i, i + ROWS_AT_ONCE).map(point => row(metric, point));
        if (rows.length === ROWS_AT_ONCE) many.run(...rows.flat());
        else for (const values of rows) one.run(...values);
      }
    },
    buckets: metric => sum((database.prepare(sql).all({ 1: metric }) as { points: number }[]).map(row => row.points)),
  };
}

/** Differences of steps and times as variable-length integers, then the values as they are. */
function asColumns(
  database: Database.Database,
  pack: (bytes: Buffer) => Buffer,
  unpack: (bytes: Buffer) => Buffer,
): Shape {
  database.exec(
    'CREATE TABLE blobs (run, metric, first, points, blob, PRIMARY KEY (run, metric, first)) WITHOUT ROWID',
  );
  const insert = database.prepare('INSERT INTO blobs VALUES (1, ?, ?, ?, ?)');
  const select = database.prepare('SELECT points, blob FROM blobs WHERE run = 1 AND metric = ? ORDER BY first');
  return {
    write: (metric, points) => {
      insert.run(metric, (points[0] as Point)[0], points.length, pack(encode(points)));
    },
    buckets(metric) {
      const counts = new Float64Array(BUCKETS);
      const sums = new Float64Array(BUCKETS);
      for (const { points, blob } of select.all(metric) as { points: number; blob: Buffer }[]) {
        for (const [step, value] of decode(unpack(blob), points)) {
          const bucket = Math.floor(((step - 1) * BUCKETS) / STEPS);
          counts[bucket] = (counts[bucket] ?? 0) + 1;
          sums[bucket] = (sums[bucket] ?? 0) + value;
        }
      }
      return sum([...counts]);
    },
  };
}

function encode(points: readonly Point[]): Buffer {
  const head: number[] = [];
  let [step, time] = [0, 0];
  for (const point of points) {
    pushVarint(head, point[0] - step);
    pushVarint(head, point[2] - time);
    [step, , time] = point;
  }
  return Buffer.concat([Buffer.from(head), Buffer.from(Float64Array.from(points, point => point[1]).buffer)]);
}

function decode(bytes: Buffer, points: number): [step: number, value: number][] {
  const values = bytes.length - 8 * points;
  let [at, step] = [0, 0];
  const varint = (): number => {
    for (let value = 0, shift = 1; ; shift *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  return Array.from({ length: points }, (_, i) => {
    step += varint();
    varint();
    return [step, bytes.readDoubleLE(values + 8 * i)];
  });
}

function pushVarint(bytes: number[], value: number): void {
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest & 127) | 128);
    if (rest < 128) return;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

import type { Curve } from '../core/results.ts';
import { bucketedCurves } from './buckets.ts';
import type { Store } from './store.ts';

export interface CurveQuery {
  /** Ids of runs. */
  runs: readonly string[];
  /** All, if not given. */
  metrics?: readonly string[] | undefined;
}

interface CurveRow {
  key: number;
  id: string;
  arm: string;
  seed: number;
}

/** In the order of the given runs, then of metrics' names. A run without points of a metric has no curve of it. */
export function curves(store: Store, query: CurveQuery): Curve[] {
  return store.read(() => {
    const wanted = query.metrics === undefined ? null : new Set(query.metrics);
    const names = metricKeys(store).filter(([, name]) => wanted?.has(name) ?? true);
    return query.runs.flatMap(id => curvesOf(store, id, names));
  });
}

/** Names of the metrics that have curves: of these runs, or of any. */
export function metricNames(store: Store, runs?: readonly string[]): string[] {
  return store.read(() => {
    const all = metricKeys(store);
    if (runs === undefined) return all.map(([, name]) => name);
    const keys = runs.map(id => runKey(store, id)).filter(key => key !== undefined);
    return all
      .filter(([metric]) => keys.some(run => lastPoint(store, run, metric) !== undefined))
      .map(([, name]) => name);
  });
}

/** The newest point of each metric of a run: what is known of one that has not finished. */
export function latestValues(store: Store, run: string): Record<string, number> {
  return store.read(() => {
    const key = runKey(store, run);
    const values: Record<string, number> = {};
    for (const [metric, name] of key === undefined ? [] : metricKeys(store)) {
      const point = lastPoint(store, key as number, metric);
      if (point !== undefined) values[name] = fromSql(point[0]);
    }
    return values;
  });
}

export interface CurveSummary {
  metric: string;
  points: number;
  first: number;
  /** Least of the values that are numbers; NaN if none is. */
  min: number;
  last: number;
}

/** Every curve of a run in five figures, by metrics' names: of ten million points too in some milliseconds. */
export function curveSummaries(store: Store, run: string): CurveSummary[] {
  return store.read(() =>
    bucketedCurves(store, { runs: [run], buckets: 1 }).map(({ metric, points, buckets }) => {
      const [first = Number.NaN, last = Number.NaN] = edgeValues(store, run, metric);
      return { metric, points, first, min: buckets[0]?.min ?? Number.NaN, last };
    }),
  );
}

function edgeValues(store: Store, run: string, metric: string): number[] {
  const point = (order: 'ASC' | 'DESC'): string => `SELECT value FROM points
    WHERE run = (SELECT key FROM runs WHERE id = ?) AND metric = (SELECT key FROM metric_names WHERE name = ?)
    ORDER BY step ${order} LIMIT 1`;
  return (['ASC', 'DESC'] as const).map(order =>
    fromSql(store.prepare<number | null>(point(order), 'pluck').get(run, metric) ?? null),
  );
}

/** SQLite has no NaN: NULL stands for it. */
export const fromSql = (value: number | null): number => value ?? Number.NaN;

function curvesOf(store: Store, id: string, names: readonly (readonly [number, string])[]): Curve[] {
  const sql = `SELECT runs.key, runs.id, cells.arm, cells.seed FROM runs
    JOIN cells ON cells.key = runs.cell WHERE runs.id = ?`;
  const run = store.prepare<CurveRow>(sql).get(id);
  if (run === undefined) return [];
  return names.map(([metric, name]) => curveOf(store, run, metric, name)).filter(curve => curve.points.length > 0);
}

function curveOf(store: Store, run: CurveRow, metric: number, name: string): Curve {
  const sql = 'SELECT step, value FROM points WHERE run = ? AND metric = ? ORDER BY step';
  const rows = store.prepare<[number, number | null]>(sql, 'raw').all(run.key, metric);
  for (const row of rows) row[1] = fromSql(row[1]);
  return { run: run.id, arm: run.arm, seed: run.seed, metric: name, points: rows as [number, number][] };
}

function metricKeys(store: Store): [key: number, name: string][] {
  return store.prepare<[number, string]>('SELECT key, name FROM metric_names ORDER BY name', 'raw').all();
}

const runKey = (store: Store, id: string): number | undefined =>
  store.prepare<number>('SELECT key FROM runs WHERE id = ?', 'pluck').get(id);

function lastPoint(store: Store, run: number, metric: number): [number | null] | undefined {
  const sql = 'SELECT value FROM points WHERE run = ? AND metric = ? ORDER BY step DESC LIMIT 1';
  return store.prepare<[number | null]>(sql, 'raw').get(run, metric);
}

import type { Curve } from '../core/results.ts';
import { bucketedCurves } from './buckets.ts';
import {
  type AskedCurve,
  askedCurves,
  type CurveQuery,
  edgePoint,
  metricKeys,
  POINTS_BETWEEN,
} from './curve-points.ts';
import { runKey } from './run-rows.ts';
import type { Store } from './store.ts';

/** In the order of the given runs, then of metrics' names. A run without points of a metric has no curve of it. */
export function curves(store: Store, query: CurveQuery): Curve[] {
  return store.read(() =>
    askedCurves(store, query)
      .map(asked => curveOf(store, asked))
      .filter(curve => curve.points.length > 0),
  );
}

/** Names of the metrics that have curves: of these runs, or of any. */
export function metricNames(store: Store, runs?: readonly string[]): string[] {
  return store.read(() => {
    const all = metricKeys(store);
    if (runs === undefined) return all.map(({ name }) => name);
    const keys = runs.map(id => runKey(store, id)).filter(key => key !== undefined);
    return all
      .filter(metric => keys.some(run => edgePoint(store, 'last', run, metric.key) !== undefined))
      .map(({ name }) => name);
  });
}

/** The newest point of each metric of a run: what is known of one that has not finished. */
export function latestValues(store: Store, run: string): Record<string, number> {
  return store.read(() => {
    const key = runKey(store, run);
    const values: Record<string, number> = {};
    for (const metric of key === undefined ? [] : metricKeys(store)) {
      const point = edgePoint(store, 'last', key as number, metric.key);
      if (point !== undefined) values[metric.name] = fromSql(point[1]);
    }
    return values;
  });
}

export interface PointPage {
  run: string;
  metric: string;
  /** A step; its own point is not among the answer. */
  after: number;
  limit: number;
}

/** Points of a curve by step, with their times in milliseconds since 1970: for whoever takes ten million in pages. */
export function pointsAfter(store: Store, page: PointPage): { step: number; value: number; time: number }[] {
  const sql = `SELECT step, value, time + points_since FROM runs CROSS JOIN (${POINTS_BETWEEN}) WHERE runs.key = ? LIMIT ?`;
  return store.read(() => {
    const [run, metric] = [runKey(store, page.run), metricKey(store, page.metric)];
    if (run === undefined || metric === undefined) return [];
    const rows = store.prepare<[number, number | null, number]>(sql, 'raw');
    return rows
      .all(page.after + 1, Number.MAX_SAFE_INTEGER, run, metric, run, page.limit)
      .map(([step, value, time]) => ({ step, value: fromSql(value), time }));
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
      const valueAt = (edge: 'first' | 'last') => edgeValue(store, edge, run, metric);
      return { metric, points, first: valueAt('first'), min: buckets[0]?.min ?? Number.NaN, last: valueAt('last') };
    }),
  );
}

function edgeValue(store: Store, edge: 'first' | 'last', run: string, metric: string): number {
  const [runIs, metricIs] = [runKey(store, run), metricKey(store, metric)];
  return fromSql(edgePoint(store, edge, runIs as number, metricIs as number)?.[1] ?? null);
}

/** SQLite has no NaN: NULL stands for it. */
export const fromSql = (value: number | null): number => value ?? Number.NaN;

function curveOf(store: Store, { run, metric }: AskedCurve): Curve {
  const sql = `SELECT step, value FROM (${POINTS_BETWEEN})`;
  const rows = store.prepare<[number, number | null]>(sql, 'raw').all(0, Number.MAX_SAFE_INTEGER, run.key, metric.key);
  for (const row of rows) row[1] = fromSql(row[1]);
  return { run: run.id, arm: run.arm, seed: run.seed, metric: metric.name, points: rows as [number, number][] };
}

const metricKey = (store: Store, name: string): number | undefined =>
  store.prepare<number>('SELECT key FROM metric_names WHERE name = ?', 'pluck').get(name);

/**
 * Where the points of a curve lie (`schema/curves.ts` says why), for all that reads a part of it or writes it. The view
 * `points` shows the same by run, metric and step, but SQLite finds no way from a step to a row through it.
 */
import type { Store } from './store.ts';

export const STRETCH_STEPS: number = 2 ** 24;

/** The step of a row of `stretches` and one of `point_values` that belong together. */
const STEP = `high * ${STRETCH_STEPS} + at % ${STRETCH_STEPS}`;

/** Whether they do, by their names in the query. */
export function inStretch(stretch = 'stretches', point = 'point_values'): string {
  const first = `${stretch}.key * ${STRETCH_STEPS}`;
  return `${point}.at BETWEEN ${first} AND ${first} + ${STRETCH_STEPS - 1}`;
}

export interface CurveQuery {
  /** Ids of runs. */
  runs: readonly string[];
  /** All, if not given. */
  metrics?: readonly string[] | undefined;
}

/** A curve that may be: whether it has points is not known yet. */
export interface AskedCurve {
  run: { key: number; id: string; arm: string; seed: number };
  metric: { key: number; name: string };
}

/** In the order of the given runs, then of metrics' names. */
export function askedCurves(store: Store, { runs, metrics }: CurveQuery): AskedCurve[] {
  const sql = `SELECT runs.key, runs.id, cells.arm, cells.seed FROM runs
    JOIN cells ON cells.key = runs.cell WHERE runs.id = ?`;
  const wanted = metrics === undefined ? null : new Set(metrics);
  const known = metricKeys(store).filter(({ name }) => wanted?.has(name) ?? true);
  return runs.flatMap(id => {
    const run = store.prepare<AskedCurve['run']>(sql).get(id);
    return run === undefined ? [] : known.map(metric => ({ run, metric }));
  });
}

/** By name. */
export const metricKeys = (store: Store): AskedCurve['metric'][] =>
  store.prepare<AskedCurve['metric']>('SELECT key, name FROM metric_names ORDER BY name').all();

/** Rows (step, value, time) of one curve between two steps, both included, in their order. Binds from, to, run, metric. */
export const POINTS_BETWEEN: string = `SELECT ${STEP} AS step, value, time
  FROM stretches CROSS JOIN point_values ON at BETWEEN key * ${STRETCH_STEPS} + max(0, ? - high * ${STRETCH_STEPS})
    AND key * ${STRETCH_STEPS} + min(${STRETCH_STEPS - 1}, ? - high * ${STRETCH_STEPS})
  WHERE run = ? AND metric = ? ORDER BY high, at`;

/** Undefined: the curve has no points. */
export function edgePoint(
  store: Store,
  edge: 'first' | 'last',
  run: number,
  metric: number,
): [step: number, value: number | null] | undefined {
  const order = edge === 'first' ? 'ASC' : 'DESC';
  const sql = `SELECT ${STEP}, value FROM stretches CROSS JOIN point_values ON ${inStretch()}
    WHERE run = ? AND metric = ? ORDER BY high ${order}, at ${order} LIMIT 1`;
  return store.prepare<[number, number | null]>(sql, 'raw').get(run, metric);
}

/** The keys of a curve's rows: a function of the step. It makes the stretches that are new: call it inside `store.write`. */
export function pointKeys(store: Store, run: number, metric: number): (step: number) => number {
  let [known, first] = [-1, 0];
  return step => {
    const high = Math.floor(step / STRETCH_STEPS);
    if (high !== known) [known, first] = [high, stretchKey(store, run, metric, high) * STRETCH_STEPS];
    return first + (step % STRETCH_STEPS);
  };
}

function stretchKey(store: Store, run: number, metric: number, high: number): number {
  const find = 'SELECT key FROM stretches WHERE run = ? AND metric = ? AND high = ?';
  const make = 'INSERT INTO stretches (run, metric, high) VALUES (?, ?, ?) RETURNING key';
  const known = store.prepare<number>(find, 'pluck').get(run, metric, high);
  return known ?? (store.prepare<number>(make, 'pluck').get(run, metric, high) as number);
}

/** All points of the run. Call it inside `store.write`. */
export function deletePoints(store: Store, run: number): void {
  const stretches = store.prepare<number>('SELECT key FROM stretches WHERE run = ?', 'pluck').all(run);
  const sql = 'DELETE FROM point_values WHERE at BETWEEN ? AND ?';
  for (const key of stretches) store.prepare(sql).run(key * STRETCH_STEPS, (key + 1) * STRETCH_STEPS - 1);
  for (const table of ['stretches', 'point_blocks']) store.prepare(`DELETE FROM ${table} WHERE run = ?`).run(run);
}

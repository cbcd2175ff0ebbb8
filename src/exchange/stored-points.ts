import { metricNames } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import type { Point } from './run-record.ts';

/** At hand at once: a run may have ten million. */
const PAGE_POINTS = 10_000;

type Row = [step: number, value: number | null, time: number];

/** All points of a run in pages, by metric's name, then step. */
export function* storedPoints(store: Store, run: string): Generator<readonly Point[]> {
  for (const metric of metricNames(store, [run])) {
    for (let after = -1; ; ) {
      const rows = page(store, run, metric, after);
      if (rows.length > 0)
        yield rows.map(([step, value, time]) => ({ metric, step, value: value ?? Number.NaN, time }));
      if (rows.length < PAGE_POINTS) break;
      after = (rows.at(-1) as Row)[0];
    }
  }
}

function page(store: Store, run: string, metric: string, after: number): Row[] {
  const sql = `SELECT step, value, time FROM v_points WHERE run = ? AND metric = ? AND step > ?
    ORDER BY step LIMIT ${PAGE_POINTS}`;
  return store.read(() => store.prepare<Row>(sql, 'raw').all(run, metric, after));
}

import { metricNames, pointsAfter } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import type { Point } from './run-record.ts';

/** At hand at once: a run may have ten million. */
const PAGE_POINTS = 10_000;

/** All points of a run in pages, by metric's name, then step. */
export function* storedPoints(store: Store, run: string): Generator<readonly Point[]> {
  for (const metric of metricNames(store, [run])) {
    for (let after = -1; ; ) {
      const points = pointsAfter(store, { run, metric, after, limit: PAGE_POINTS });
      if (points.length > 0) yield points.map(point => ({ metric, ...point }));
      if (points.length < PAGE_POINTS) break;
      after = (points.at(-1) as { step: number }).step;
    }
  }
}

/** The charts of some runs, read from the store as they are now. */
import { factorsOfRuns } from '../../core/arms.ts';
import type { RunSummary } from '../../core/results.ts';
import { bucketedCurves, metricNames } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { METRICS } from '../metrics.ts';
import { bucketsFor } from '../results.ts';
import { chartName, type LiveChart, liveChart } from './curve-chart.ts';

/** About one a pixel. */
const BUCKETS_ALONE = 500;
/** More would be no page to look at; `bench show --plot` and exports have all. */
const MOST_CHARTS = 24;

/** Chart → the steps that its reader asked for, both included. */
export type Zoom = ReadonlyMap<string, readonly [first: number, last: number]>;

/** As the page's script asks: `zoom=<chart>:<first>:<last>`, once a chart. What makes no sense is left out. */
export function zoomOf(query: URLSearchParams): Zoom {
  const asked = query.getAll('zoom').map(text => /^([\w-]+):(\d{1,15}):(\d{1,15})$/.exec(text));
  return new Map(asked.flatMap(found => (found ? [[found[1] as string, [Number(found[2]), Number(found[3])]]] : [])));
}

/** One chart a metric: those that the report knows in its order, then the others by name. */
export function liveCharts(store: Store, runs: readonly RunSummary[], zoom: Zoom): LiveChart[] {
  const ids = runs.map(run => run.id);
  const names = metricNames(store, ids).sort((a, b) => rank(a) - rank(b));
  return names.slice(0, MOST_CHARTS).map(name => chartOf(store, runs, name, zoom.get(chartName(name))));
}

function rank(metric: string): number {
  const place = METRICS.findIndex(({ name }) => name === metric);
  return place < 0 ? METRICS.length : place;
}

/** Where no run has a point in the asked steps, the whole curves. */
function chartOf(
  store: Store,
  runs: readonly RunSummary[],
  metric: string,
  steps: readonly [number, number] | undefined,
) {
  const whole = {
    runs: runs.map(run => run.id),
    metrics: [metric],
    buckets: runs.length === 1 ? BUCKETS_ALONE : bucketsFor(runs.length),
  };
  const asked = steps === undefined ? [] : bucketedCurves(store, { ...whole, from: steps[0], to: steps[1] });
  const curves = asked.length > 0 ? asked : bucketedCurves(store, whole);
  return liveChart(metric, curves, { experiment: { factors: factorsOfRuns(runs) }, arms: armsOf(runs), runs });
}

/** In the order of their names. */
export const armsOf = (runs: readonly RunSummary[]): string[] => [...new Set(runs.map(run => run.arm))].sort();

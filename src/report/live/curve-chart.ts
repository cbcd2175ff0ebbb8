/** Curves that are still written, one metric a chart: a line a run, in the looks of the report's curves. */
import { sha256 } from '../../core/ids.ts';
import { inUnit } from '../../stats/index.ts';
import type { BucketedCurve } from '../../tracking/queries.ts';
import { completeSpec, type Row, type Spec } from '../charts/_chart.ts';
import type { Designed } from '../design.ts';
import { type Metric, metricOf } from '../metrics.ts';
import type { DrawnChart } from '../sections/figures.ts';
import { type CurveSignals, curveRows, curveSignals, endLabels, mostPoints, newestRows } from './curve-rows.ts';
import { curveColumns, curveSpec } from './curve-spec.ts';
import { shortened } from './shortened.ts';

/** Ends that are told in words. */
const MOST_DESCRIBED = 8;

/** A chart whose rows, names and limits are exchanged while it stands. */
export interface LiveChart extends DrawnChart {
  rows: Row[];
  labels: Spec[];
  signals: CurveSignals;
}

/** `runs` says how arms look; all of `curves` are of the metric. */
export function liveChart(name: string, curves: readonly BucketedCurve[], runs: Designed): LiveChart {
  const metric = metricOf(name);
  const alone = curves.length === 1;
  const rows = curveRows(curves, metric);
  const signals = curveSignals(curves, rows);
  const labels = alone ? [] : endLabels(curves, signals, metric);
  const description = describe(curves, metric);
  return {
    chart: { name: chartName(name), title: shortened(metric.title) },
    spec: completeSpec(rows, description, curveSpec({ metric, runs, labels, signals, alone })),
    columns: curveColumns(metric),
    tableRows: newestRows(curves, metric),
    about: about(curves, alone),
    description,
    rows,
    labels,
    signals,
  };
}

/** Metrics may have any names; names of elements and files may not. */
export const chartName = (metric: string): string =>
  /^[a-z][a-z0-9]{0,30}(\.[a-z0-9]{1,30})*$/i.test(metric)
    ? metric.replaceAll('.', '-')
    : `metric-${sha256(metric).slice(0, 12)}`;

function about(curves: readonly BucketedCurve[], alone: boolean): string {
  const marks = alone
    ? 'Band: from the least value behind a point to the greatest.'
    : 'A line a run; colours and dashes tell arms apart.';
  const widest = mostPoints(curves);
  const points =
    widest > 1 ? `Each point is the exact mean of up to ${widest.toLocaleString('en')} steps.` : 'No step is smoothed.';
  return `${marks} ${points} Drag across the chart to look closer.`;
}

function describe(curves: readonly BucketedCurve[], { title, unit }: Metric): string {
  const ends = curves.slice(0, MOST_DESCRIBED).map(({ arm, seed, buckets }) => {
    const newest = inUnit(buckets.at(-1)?.mean ?? Number.NaN, unit);
    return `${shortened(arm)} seed ${seed} ${Number.isFinite(newest) ? `${newest.toPrecision(4)} ${unit}`.trim() : 'no number'}`;
  });
  const runs = curves.length === 1 ? 'one run' : `${curves.length} runs`;
  const more = curves.length > ends.length ? ', and others' : '';
  return `Line chart of ${shortened(title).toLowerCase()} against training step, ${runs}. Newest: ${ends.join(', ')}${more}.`;
}

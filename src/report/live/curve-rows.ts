/** What a live chart of curves draws: buckets as rows, names at the lines' ends, limits of the axes. */
import { inUnit } from '../../stats/index.ts';
import type { Bucket, BucketedCurve } from '../../tracking/queries.ts';
import type { Row, Spec } from '../charts/_chart.ts';
import { spreadForBoth } from '../charts/_labels.ts';
import { niceDomain } from '../charts/_scales.ts';
import type { Metric } from '../metrics.ts';
import { shortened } from './shortened.ts';

const LEAST_HEIGHT_PX = 260;
const LABEL_PX = 16;
/** More names at the ends of lines than these cannot be read. */
const MOST_LABELS = 40;
const MOST_LABEL_CHARACTERS = 24;
/** Curves of so few points are drawn with them. */
const FEW_POINTS = 40;
const MOST_TABLE_ROWS = 20;

export type CurveSignals = Record<'first' | 'last' | 'low' | 'high' | 'lowLog' | 'highLog' | 'dots', number>;

export function curveRows(curves: readonly BucketedCurve[], { unit }: Metric): Row[] {
  return curves.flatMap(({ arm, seed, buckets }) =>
    buckets.map(bucket => ({ arm, seed: String(seed), ...figuresOf(bucket, unit) })),
  );
}

/** As in the report: where a value was not a number, the line breaks. */
function figuresOf({ from, to, points, notNumbers, min, max, mean }: Bucket, unit: string): Row {
  const shown = (value: number): number | null =>
    Number.isFinite(value) ? Number(inUnit(value, unit).toPrecision(5)) : null;
  return { from, step: to, points, value: notNumbers > 0 ? null : shown(mean), low: shown(min), high: shown(max) };
}

/** Limits of both axes, and whether single points are marked. */
export function curveSignals(curves: readonly BucketedCurve[], rows: readonly Row[]): CurveSignals {
  const steps = curves.flatMap(({ buckets }) => [buckets[0]?.from ?? 0, buckets.at(-1)?.to ?? 0]);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const values = rows.flatMap(row => (curves.length === 1 ? [row.value, row.low, row.high] : row.value));
  const [low, high] = niceDomain(values);
  const [lowLog, highLog] = niceDomain(
    values.filter(value => Number(value) > 0).map(value => Math.log10(Number(value))),
  );
  const dots = mostPoints(curves) <= 1 && curves.every(({ buckets }) => buckets.length <= FEW_POINTS) ? 1 : 0;
  return { first: Math.min(first, Math.max(0, last - 1)), last, low, high, lowLog, highLog, dots };
}

/** In one bucket: where evaluations are rare, each has one to itself, however wide. */
export const mostPoints = (curves: readonly BucketedCurve[]): number =>
  curves.reduce((most, { buckets }) => buckets.reduce((one, { points }) => Math.max(one, points), most), 0);

/** At the end of the line that has come furthest of each arm. */
export function endLabels(curves: readonly BucketedCurve[], signals: CurveSignals, { unit }: Metric): Spec[] {
  const ends = new Map<string, { step: number; y: number }>();
  for (const { arm, buckets } of curves) {
    const end = buckets.findLast(({ mean }) => Number.isFinite(mean));
    if (end && end.to > (ends.get(arm)?.step ?? 0)) ends.set(arm, { step: end.to, y: inUnit(end.mean, unit) });
  }
  if (ends.size > MOST_LABELS) return [];
  const labels = [...ends].map(([arm, end]) => ({ arm, text: shortened(arm, MOST_LABEL_CHARACTERS), ...end }));
  const { low, high, lowLog, highLog } = signals;
  return spreadForBoth(labels, [low, high], [lowLog, highLog], heightFor(ends.size));
}

/** Names at the ends need a line each. */
export const heightFor = (arms: number): number => Math.max(LEAST_HEIGHT_PX, LABEL_PX * Math.min(arms, MOST_LABELS));

/** The newest of each run; of a single one more of them. */
export function newestRows(curves: readonly BucketedCurve[], metric: Metric): Row[] {
  const each = Math.max(1, Math.floor(MOST_TABLE_ROWS / Math.max(1, curves.length)));
  return curveRows(
    curves.map(curve => ({ ...curve, buckets: curve.buckets.slice(-each) })),
    metric,
  );
}

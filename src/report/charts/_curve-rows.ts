/** The rows of a curve chart: means over buckets of steps, for each seed and over the seeds of an arm. */
import type { Curve } from '../../core/results.ts';
import { inUnit, mean } from '../../stats/index.ts';
import { type ReportResults, secondsAt } from '../costs.ts';
import { finishedRuns, type Metric } from '../metrics.ts';
import { bucketsFor } from '../results.ts';
import type { Row } from './_chart.ts';
import { MEAN } from './_seeds.ts';

const MOST_TABLE_STEPS = 10;

/** One row a bucket of each seed, and one of the mean over the finished seeds with the least and greatest of them. */
export function curveRows(results: ReportResults, { name, unit }: Metric): Row[] {
  const width = bucketSteps(results, name);
  return results.arms.flatMap(arm => {
    const curves = results.curves.filter(curve => curve.arm === arm && curve.metric === name);
    const seeds = curves.map(curve => ({ curve, buckets: bucketMeans(curve.points, width, unit) }));
    const finished = new Set(finishedRuns(results, arm).map(run => run.id));
    const counted = seeds.filter(({ curve }) => finished.has(curve.run));
    return [...meanRows(results, arm, counted), ...seeds.flatMap(seed => seedRows(results, seed))];
  });
}

/** Steps of one bucket: 1 where there are few points; at least those of a curve that was read in buckets. */
export function bucketSteps({ curves, runs, widths = {} }: ReportResults, metric: string): number {
  const read = widths[metric] ?? 1;
  if (read > 1) return read;
  const own = curves.filter(curve => curve.metric === metric);
  const mostPoints = Math.max(0, ...own.map(curve => curve.points.length));
  const lastStep = Math.max(0, ...own.map(curve => curve.points.at(-1)?.[0] ?? 0));
  const buckets = bucketsFor(runs.length);
  return mostPoints > buckets ? Math.ceil(lastStep / buckets) : 1;
}

/** The mean lines, at some of the steps. */
export function curveTableRows(rows: Row[]): Row[] {
  const means = rows.filter(row => row.seed === MEAN);
  const steps = [...new Set(means.map(row => row.step))];
  const stride = Math.ceil(steps.length / MOST_TABLE_STEPS);
  const shown = new Set(steps.filter((_, i) => (steps.length - 1 - i) % stride === 0));
  return means.filter(row => shown.has(row.step));
}

/** The newest mean of each arm. */
export function lastMeans(rows: Row[], { arms }: ReportResults): Row[] {
  const means = rows.filter(row => row.seed === MEAN && row.value !== null);
  return arms.flatMap(arm => means.filter(row => row.arm === arm).slice(-1));
}

/** Last step of a bucket → mean of its values. A bucket with a value that is not finite has none: the line breaks. */
function bucketMeans(points: Curve['points'], width: number, unit: string): Map<number, number> {
  const buckets = new Map<number, { last: number; values: number[] }>();
  for (const [step, value] of points) {
    const key = Math.ceil(step / width);
    const bucket = buckets.get(key) ?? { last: step, values: [] };
    bucket.last = step;
    bucket.values.push(value);
    buckets.set(key, bucket);
  }
  return new Map([...buckets.values()].map(({ last, values }) => [last, inUnit(mean(values), unit)]));
}

interface SeedCurve {
  curve: Curve;
  buckets: Map<number, number>;
}

function meanRows(results: ReportResults, arm: string, seeds: readonly SeedCurve[]): Row[] {
  const steps = [...new Set(seeds.flatMap(({ buckets }) => [...buckets.keys()]))].sort((a, b) => a - b);
  return steps.map(step => {
    const there = seeds.filter(({ buckets }) => buckets.has(step));
    const values = there.map(({ buckets }) => buckets.get(step) as number);
    const seconds = short(mean(there.map(({ curve }) => secondsAt(results, curve.run, step))));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { arm, seed: MEAN, step, seconds, value: short(mean(values)), low: short(low), high: short(high) };
  });
}

function seedRows(results: ReportResults, { curve, buckets }: SeedCurve): Row[] {
  const { run, arm, seed } = curve;
  return [...buckets].map(([step, value]) => {
    const seconds = short(secondsAt(results, run, step));
    return { arm, seed: String(seed), step, seconds, value: short(value) };
  });
}

/** Five figures: more than a pixel shows, and half the bytes. */
const short = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);

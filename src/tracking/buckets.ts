/** Long curves for the eye: every point counts in exactly one bucket, and each bucket says how many stand behind it. */
import { UserError } from '../core/errors.ts';
import { askedCurves, type CurveQuery, edgePoint, POINTS_BETWEEN } from './curve-points.ts';
import { BLOCK_STEPS } from './point-writer.ts';
import type { Store } from './store.ts';

export interface BucketQuery extends CurveQuery {
  /** At most so many a curve. Default: 500. */
  buckets?: number | undefined;
  /** Steps, both included. Default: the curve's first and last. */
  from?: number | undefined;
  to?: number | undefined;
}

export interface Bucket {
  /** Steps of the bucket, both included, whether or not there are points at its ends. */
  from: number;
  to: number;
  points: number;
  /** How many of them are NaN; the figures below are of the others, and NaN if there are none. */
  notNumbers: number;
  min: number;
  max: number;
  mean: number;
}

export interface BucketedCurve {
  run: string;
  arm: string;
  seed: number;
  metric: string;
  /** Points in the asked range: the sum over the buckets. */
  points: number;
  /** Steps of a bucket. 1: these are the points themselves. */
  width: number;
  /** Those that have points, by step. */
  buckets: Bucket[];
}

const DEFAULT_BUCKETS = 500;
const MAX_BUCKETS = 100_000;

interface Subject {
  run: number;
  metric: number;
}

type Sums = [
  bucket: number,
  points: number,
  numbers: number,
  min: number | null,
  max: number | null,
  sum: number | null,
];

/** In the order of the given runs, then of metrics' names. A run without points of a metric in the range has no curve of it. */
export function bucketedCurves(store: Store, query: BucketQuery): BucketedCurve[] {
  const buckets = query.buckets ?? DEFAULT_BUCKETS;
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > MAX_BUCKETS)
    throw new UserError(`buckets: expected a whole number from 1 to ${MAX_BUCKETS}, got ${buckets}.`);
  return store.read(() =>
    askedCurves(store, query).flatMap(({ run, metric }): BucketedCurve[] => {
      const subject = { run: run.key, metric: metric.key };
      const range = stepRange(store, subject, query);
      if (range === null) return [];
      const { id, arm, seed } = run;
      const grid = gridOf(range, buckets);
      const found = bucketsOf(store, subject, grid);
      const points = found.reduce((sum, bucket) => sum + bucket.points, 0);
      return points === 0
        ? []
        : [{ run: id, arm, seed, metric: metric.name, points, width: grid.width, buckets: found }];
    }),
  );
}

/** The asked steps, as far as the curve has any. */
function stepRange(store: Store, subject: Subject, query: BucketQuery): [number, number] | null {
  const first = edgeStep(store, subject, 'first');
  const last = edgeStep(store, subject, 'last');
  if (first === undefined || last === undefined) return null;
  const [from, to] = [Math.max(first, query.from ?? first), Math.min(last, query.to ?? last)];
  return from <= to ? [from, to] : null;
}

const edgeStep = (store: Store, { run, metric }: Subject, edge: 'first' | 'last'): number | undefined =>
  edgePoint(store, edge, run, metric)?.[0];

interface Grid {
  from: number;
  to: number;
  /** First step of bucket 0, at or before `from`. */
  start: number;
  width: number;
}

/** Wide buckets are whole blocks: then nearly all of them are read from the blocks' sums. */
function gridOf([from, to]: readonly [number, number], buckets: number): Grid {
  const width = Math.ceil((to - from + 1) / buckets);
  if (width < BLOCK_STEPS) return { from, to, start: from, width };
  const start = from - (from % BLOCK_STEPS);
  return { from, to, start, width: Math.ceil((to - start + 1) / buckets / BLOCK_STEPS) * BLOCK_STEPS };
}

function bucketsOf(store: Store, subject: Subject, grid: Grid): Bucket[] {
  const { from, to, start, width } = grid;
  const sums = width < BLOCK_STEPS ? sumPoints(store, subject, grid) : sumBlocks(store, subject, grid);
  return sums.map(([bucket, points, numbers, min, max, sum]) => ({
    from: Math.max(from, start + bucket * width),
    to: Math.min(to, start + (bucket + 1) * width - 1),
    points,
    notNumbers: points - numbers,
    min: min ?? Number.NaN,
    max: max ?? Number.NaN,
    mean: numbers === 0 || sum === null ? Number.NaN : sum / numbers,
  }));
}

/** Numbers are bound as floats, and a quotient of those would be no number of a bucket. */
const bucketOf = (step: string): string => `(${step} - CAST(? AS INTEGER)) / CAST(? AS INTEGER)`;
const SUMS = 'count(*), count(value), min(value), max(value), sum(value)';

function sumPoints(store: Store, subject: Subject, { from, to, start, width }: Grid): Sums[] {
  const sql = `SELECT ${bucketOf('step')} AS bucket, ${SUMS} FROM (${POINTS_BETWEEN})
    GROUP BY bucket ORDER BY bucket`;
  return store.prepare<Sums>(sql, 'raw').all(start, width, from, to, subject.run, subject.metric);
}

/** Blocks that lie in the range whole, and the points of the others: at its ends, and of the newest block of the curve. */
function sumBlocks(store: Store, { run, metric }: Subject, { from, to, start, width }: Grid): Sums[] {
  const firstWhole = Math.ceil(from / BLOCK_STEPS);
  const newest = Math.floor((edgeStep(store, { run, metric }, 'last') ?? 0) / BLOCK_STEPS);
  const afterWhole = Math.max(firstWhole, Math.min(newest, Math.floor((to + 1) / BLOCK_STEPS)));
  const [headEnd, tailStart] = [Math.min(to, firstWhole * BLOCK_STEPS - 1), afterWhole * BLOCK_STEPS];
  const sql = `SELECT bucket, sum(points), sum(numbers), min(min), max(max),
      CASE WHEN sum(sum IS NULL AND numbers > 0) THEN NULL ELSE sum(sum) END FROM (
      SELECT ${bucketOf(`block * ${BLOCK_STEPS}`)} AS bucket, points, numbers, min, max, sum FROM point_blocks
        WHERE run = ? AND metric = ? AND block >= ? AND block < ?
      UNION ALL SELECT ${bucketOf('step')}, 1, value IS NOT NULL, value, value, value FROM (${POINTS_BETWEEN})
      UNION ALL SELECT ${bucketOf('step')}, 1, value IS NOT NULL, value, value, value FROM (${POINTS_BETWEEN})
    ) GROUP BY bucket ORDER BY bucket`;
  const [blocks, head, tail] = [
    [start, width, run, metric, firstWhole, afterWhole],
    [start, width, from, headEnd, run, metric],
    [start, width, Math.max(tailStart, headEnd + 1), to, run, metric],
  ] as const;
  return store.prepare<Sums>(sql, 'raw').all(...blocks, ...head, ...tail);
}

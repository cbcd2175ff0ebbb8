/**
 * Writes points, and keeps their sums by blocks of 256 steps: `point_blocks` has every block of a curve but its newest,
 * so that a curve of ten million points is read in milliseconds and still holds every one of them.
 */
import { edgePoint, POINTS_BETWEEN, pointKeys } from './curve-points.ts';
import type { Store, StoreStatement } from './store.ts';

/** Blocks are step >> BLOCK_BITS. The SQL of the migration that fills them says 8 too. */
const BLOCK_BITS = 8;
export const BLOCK_STEPS: number = 2 ** BLOCK_BITS;

/** Many rows a statement: a call into SQLite costs more than a row. */
const ROWS_AT_ONCE = 32;

const insertOf = (rows: number): string =>
  `INSERT OR REPLACE INTO point_values (at, value, time) VALUES ${Array(rows).fill('(?, ?, ?)').join(', ')}`;

/** Set once, by the first points. */
const SINCE = `UPDATE runs SET points_since = coalesce(points_since, started_at, 0) WHERE key = ?
  RETURNING points_since`;

const NEXT_BLOCK = 'SELECT coalesce(max(block) + 1, 0) FROM point_blocks WHERE run = ? AND metric = ?';

const SUM_UP = `INSERT OR REPLACE INTO point_blocks (run, metric, block, points, numbers, min, max, sum)
  SELECT ?, ?, step >> ${BLOCK_BITS}, count(*), count(value), min(value), max(value), sum(value)
  FROM (${POINTS_BETWEEN}) GROUP BY step >> ${BLOCK_BITS}`;

interface Batch {
  steps: number[];
  values: (number | null)[];
  times: number[];
}

/**
 * Call `begin`, `add` and then `settle` in one transaction. Points wait until then and are written metric by metric in
 * the order of the table: that is faster, and fills its pages.
 */
export class PointWriter {
  readonly #store: Store;
  readonly #insertOne: StoreStatement<unknown>;
  readonly #insertMany: StoreStatement<unknown>;
  readonly #since: StoreStatement<number>;
  readonly #batches = new Map<number, Batch>();
  #run = 0;

  constructor(store: Store) {
    const [one, many] = store.read(() => [insertOf(1), insertOf(ROWS_AT_ONCE)].map(sql => store.prepare(sql)));
    this.#store = store;
    this.#insertOne = one as StoreStatement<unknown>;
    this.#insertMany = many as StoreStatement<unknown>;
    this.#since = store.prepare<number>(SINCE, 'pluck');
  }

  /** What was not settled belongs to a transaction that was rolled back. */
  begin(run: number): void {
    this.#run = run;
    this.#batches.clear();
  }

  /** NULL stands for NaN. A point of the same metric and step replaces the earlier one. */
  add(metric: number, step: number, value: number | null, timeMs: number): void {
    let batch = this.#batches.get(metric);
    if (batch === undefined) {
      batch = { steps: [], values: [], times: [] };
      this.#batches.set(metric, batch);
    }
    batch.steps.push(step);
    batch.values.push(value);
    batch.times.push(timeMs);
  }

  settle(): void {
    const run = this.#run;
    if (this.#batches.size === 0) return;
    const sinceMs = this.#since.get(run) ?? 0;
    for (const metric of [...this.#batches.keys()].sort((a, b) => a - b)) {
      const batch = inOrder(this.#batches.get(metric) as Batch);
      this.#write(metric, batch, sinceMs);
      this.#sumUp(metric, Math.floor((batch.steps[0] as number) / BLOCK_STEPS));
    }
    this.#batches.clear();
  }

  #write(metric: number, { steps, values, times }: Batch, sinceMs: number): void {
    const keyOf = pointKeys(this.#store, this.#run, metric);
    const row = (i: number) => [keyOf(steps[i] as number), values[i] as number | null, (times[i] as number) - sinceMs];
    let i = 0;
    for (; i + ROWS_AT_ONCE <= steps.length; i += ROWS_AT_ONCE) {
      const rows: (number | null)[] = [];
      for (let k = 0; k < ROWS_AT_ONCE; k++) rows.push(...row(i + k));
      this.#insertMany.run(...rows);
    }
    for (; i < steps.length; i++) this.#insertOne.run(...row(i));
  }

  /** From the first block that may be old or missing up to the newest, which is still being written. */
  #sumUp(metric: number, firstWritten: number): void {
    const [last] = edgePoint(this.#store, 'last', this.#run, metric) as [number, unknown];
    const newest = Math.floor(last / BLOCK_STEPS);
    if (newest === 0) return;
    const next = this.#store.prepare<number>(NEXT_BLOCK, 'pluck').get(this.#run, metric) as number;
    const first = Math.min(firstWritten, next);
    if (first === newest) return;
    const range = [first * BLOCK_STEPS, newest * BLOCK_STEPS - 1] as const;
    this.#store.prepare(SUM_UP).run(this.#run, metric, ...range, this.#run, metric);
  }
}

/** By step; of one step that was told twice the later stays behind the earlier and replaces it. */
function inOrder(batch: Batch): Batch {
  const { steps, values, times } = batch;
  // Nearly always they come so.
  if (!steps.some((step, i) => step < (steps[i - 1] as number))) return batch;
  const order = steps.map((_, i) => i).sort((a, b) => (steps[a] as number) - (steps[b] as number));
  return {
    steps: order.map(i => steps[i] as number),
    values: order.map(i => values[i] as number | null),
    times: order.map(i => times[i] as number),
  };
}

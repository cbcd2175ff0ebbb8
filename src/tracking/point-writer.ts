/**
 * Writes points, and keeps their sums by blocks of 256 steps: `point_blocks` has every block of a curve but its newest,
 * so that a curve of ten million points is read in milliseconds and still holds every one of them.
 */
import type { Store, StoreStatement } from './store.ts';

/** Blocks are step >> BLOCK_BITS. The SQL of the migration that fills them says 8 too. */
export const BLOCK_BITS = 8;
export const BLOCK_STEPS: number = 2 ** BLOCK_BITS;

const INSERT = 'INSERT OR REPLACE INTO points (run, metric, step, value, time) VALUES (?, ?, ?, ?, ?)';

/** From the first block that may be old or missing up to the newest, which is still being written. */
const SUM_UP = `INSERT OR REPLACE INTO point_blocks (run, metric, block, points, numbers, min, max, sum)
  SELECT run, metric, step >> ${BLOCK_BITS}, count(*), count(value), min(value), max(value), sum(value) FROM points
  WHERE run = ? AND metric = ?
    AND step >= min(?, coalesce((SELECT max(block) + 1 FROM point_blocks WHERE run = ? AND metric = ?), 0)) << ${BLOCK_BITS}
    AND step < ((SELECT max(step) FROM points WHERE run = ? AND metric = ?) >> ${BLOCK_BITS}) << ${BLOCK_BITS}
  GROUP BY step >> ${BLOCK_BITS}`;

/** Call `add` and then `settle` in one transaction. */
export class PointWriter {
  readonly #insert: StoreStatement<unknown>;
  readonly #sumUp: StoreStatement<unknown>;
  /** Metric → the least step that was written. */
  readonly #firstSteps = new Map<number, number>();
  #run = 0;

  constructor(store: Store) {
    this.#insert = store.read(() => store.prepare(INSERT));
    this.#sumUp = store.read(() => store.prepare(SUM_UP));
  }

  /** What was not settled belongs to a transaction that was rolled back. */
  begin(run: number): void {
    this.#run = run;
    this.#firstSteps.clear();
  }

  /** NULL stands for NaN. A point of the same metric and step replaces the earlier one. */
  add(metric: number, step: number, value: number | null, timeMs: number): void {
    this.#insert.run(this.#run, metric, step, value, timeMs);
    const first = this.#firstSteps.get(metric);
    if (first === undefined || step < first) this.#firstSteps.set(metric, step);
  }

  settle(): void {
    const run = this.#run;
    for (const [metric, step] of this.#firstSteps) {
      this.#sumUp.run(run, metric, Math.floor(step / BLOCK_STEPS), run, metric, run, metric);
    }
    this.#firstSteps.clear();
  }
}

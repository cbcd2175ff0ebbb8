import { logUpdateStderr as log } from 'log-update';
import type { CellConfig } from '../../core/cell-config.ts';
import { remainingMs, secondsPerStep } from '../../core/pace.ts';
import type { RunSummary } from '../../core/results.ts';
import type { TaskState } from '../../runner/executor.ts';
import type { Plan } from '../../runner/plan.ts';
import { latestValues, runsOfCells } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import {
  type CellProgress,
  cellLine,
  cellProgress,
  type ProgressView,
  progressTable,
  summaryLine,
} from './progress.ts';

/** Between two summaries where there is no terminal. */
const PLAIN_INTERVAL_MS = 30_000;
/** Of the time, at most. */
const UPDATE_SHARE = 0.1;

/** By run. */
export type TaskStates = ReadonlyMap<string, TaskState>;

/** Shows a plan's cells on stderr as the store knows them: a table that is redrawn on a terminal, lines elsewhere. */
export class ProgressDisplay {
  readonly #plan: Plan;
  readonly #store: Store;
  readonly #workers: number;
  readonly #startedAtMs = Date.now();
  readonly #live = process.stderr.isTTY === true;
  readonly #told = new Map<string, string>();
  #summarisedAtMs = Date.now();
  #nextUpdateAtMs = Number.NEGATIVE_INFINITY;

  constructor(plan: Plan, store: Store, workers: number) {
    this.#plan = plan;
    this.#store = store;
    this.#workers = workers;
  }

  /** For a loop: where there are many cells it lets calls pass, so that looking takes a small share of the time. */
  updateIfCheap(tasks?: TaskStates): void {
    const startMs = performance.now();
    if (startMs < this.#nextUpdateAtMs) return;
    this.update(tasks);
    const endMs = performance.now();
    this.#nextUpdateAtMs = endMs + (endMs - startMs) / UPDATE_SHARE;
  }

  /** `tasks`: what is known of those that are in somebody's hands. */
  update(tasks: TaskStates = new Map()): void {
    const runs = [...runsOfCells(this.#store, this.#plan.cells).values()];
    const view = this.#view(runs, tasks);
    if (this.#live) log(progressTable(view, process.stderr.columns ?? 80).join('\n'));
    else this.#tellChanges(view);
  }

  /** Leaves the last table on the screen. */
  stop(): void {
    if (this.#live) log.done();
  }

  /** A line that stays, above the table. */
  say(line: string): void {
    if (this.#live) log.clear();
    process.stderr.write(`${line}\n`);
  }

  #view(runs: readonly RunSummary[], tasks: TaskStates): ProgressView {
    const { experiment, tier, arms, seeds } = this.#plan;
    const cells = runs.map(run => cellProgress(run, this.#lossOf(run), tasks.get(run.id)));
    return {
      title: `${experiment.id} ${tier}`,
      arms: arms.map(arm => arm.name),
      seeds,
      cells,
      waiting: reasonsOf(tasks),
      elapsedMs: Date.now() - this.#startedAtMs,
      remainingMs: this.#remainingMs(runs),
      imagesPerSecond: sum(
        runs.filter(run => run.state === 'running').map(run => this.#configOf(run).batch / secondsPerStep(run)),
      ),
    };
  }

  #lossOf(run: RunSummary): number {
    return run.metrics['train.loss'] ?? latestValues(this.#store, run.id)['train.loss'] ?? Number.NaN;
  }

  #remainingMs(runs: readonly RunSummary[]): number {
    const cells = this.#plan.cells.map(({ arm, seed, config }) => ({
      arm,
      steps: config.steps,
      run: runs.find(one => one.arm === arm && one.seed === seed),
    }));
    return remainingMs(cells, this.#workers);
  }

  #configOf(run: RunSummary): CellConfig {
    return this.#plan.arms.find(arm => arm.name === run.arm)?.config as CellConfig;
  }

  #tellChanges(view: ProgressView): void {
    for (const cell of view.cells) this.#tell(cell);
    if (Date.now() - this.#summarisedAtMs < PLAIN_INTERVAL_MS) return;
    this.#summarisedAtMs = Date.now();
    process.stderr.write(`${summaryLine(view)}\n`);
  }

  #tell(cell: CellProgress): void {
    const key = `${cell.arm} ${cell.seed}`;
    if (this.#told.get(key) === cell.state) return;
    this.#told.set(key, cell.state);
    process.stderr.write(`${cellLine(cell)}\n`);
  }
}

function reasonsOf(tasks: TaskStates): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const task of tasks.values())
    if (task.phase === 'queued' && task.reason) counts.set(task.reason, (counts.get(task.reason) ?? 0) + 1);
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

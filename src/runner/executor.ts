/** Where runs are executed. A worker is the same program everywhere and knows nothing of who started it. */
import type { Execution } from '../core/experiment.ts';

export interface Task {
  run: string;
  /** The run's folder: its spec is there, and all that the worker writes goes there. */
  folder: string;
  threads: number;
}

export type TaskState =
  /** `reason`: why it waits, in the scheduler's words. */
  | { phase: 'queued'; reason?: string }
  /** `pid`: of a process of this machine. */
  | { phase: 'running'; pid?: number }
  /** The process is gone. What became of the run stands in its journal. `reason`: what its scheduler says. */
  | { phase: 'ended'; exitCode: number | null; signal: string | null; reason?: string };

export interface Executor {
  /** Its tasks go on without us: another process, or a later one, takes them up by submitting the same runs. */
  readonly detached: boolean;
  /** Takes tasks; each starts when there is a place for it. */
  submit(tasks: readonly Task[]): Promise<void>;
  /** The state of every task submitted so far, by run, as it was seen last. */
  poll(): ReadonlyMap<string, TaskState>;
  /** Asks running tasks to stop at their next step and drops queued ones; `kill` does not ask. */
  cancel(how: 'ask' | 'kill'): Promise<void>;
  /** Resolves when some task has ended, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
  /** Files in which stands what the task printed, as far as they are there. */
  logs(run: string): readonly string[];
}

/** One file in src/runner/executors/ exports one of these as `default`. */
export interface ExecutorDefinition<Settings = unknown> {
  /** What `--on`, and `kind` in bench.config.ts, call it. */
  name: string;
  /**
   * Checks what bench.config.ts says, or `{ kind: name }` where only `--on` does; `where` begins the line of a mistake.
   * `workers` is what `--workers` says.
   */
  settings(spec: unknown, where: string, workers?: number): Settings;
  /** Its tasks go on without us. */
  detached: boolean;
  /** How many of so many cells run at once; null: as many as there are processors for. */
  atOnce(settings: Settings, cells: number): number | null;
  start(settings: Settings, context: ExecutorContext): Executor;
  /** What it would be given, for `--dry-run`; left out where there is no more to say than what cells cost. */
  scripts?(settings: Settings, cells: readonly Execution[], experiment: string): Promise<readonly PlannedScript[]>;
}

export interface ExecutorContext {
  experiment: string;
  /** Cells at once. */
  workers: number;
  /** Gets a line when something happens that a person wants to know. */
  say(line: string): void;
  stop: AbortSignal;
}

export interface PlannedScript {
  tasks: number;
  script: string;
}

/** An identity that gives the types. */
export const defineExecutor = <Settings>(definition: ExecutorDefinition<Settings>): ExecutorDefinition => definition;

/** Where runs are executed. A worker is the same program everywhere and knows nothing of who started it. */

export interface Task {
  run: string;
  /** The run's folder: its spec is there, and all that the worker writes goes there. */
  folder: string;
  threads: number;
}

export type TaskState =
  | { phase: 'queued' }
  | { phase: 'running'; pid: number }
  /** The process is gone. What became of the run stands in its journal. */
  | { phase: 'ended'; exitCode: number | null; signal: string | null };

export interface Executor {
  /** Takes a task; it starts when there is a place for it. */
  submit(task: Task): void;
  /** The state of every task submitted so far, by run. */
  poll(): ReadonlyMap<string, TaskState>;
  /** Asks running tasks to stop at their next step and drops queued ones; `kill` does not ask. */
  cancel(how: 'ask' | 'kill'): void;
  /** Resolves when some task has ended, or after `timeoutMs`. */
  settle(timeoutMs: number): Promise<void>;
}

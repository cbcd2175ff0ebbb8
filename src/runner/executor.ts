/** Where runs are executed. A worker is the same program everywhere and knows nothing of who started it. */

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

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowedProcessors } from '../core/machine.ts';
import { runFiles } from '../core/places.ts';
import { processStart } from '../core/process.ts';
import type { Executor, Task, TaskState } from './executor.ts';
import { witnessEnd } from './witness.ts';

export const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
const TASKSET = ['/usr/bin/taskset', '/bin/taskset'].find(existsSync);

/** Runs at most `places` tasks at once as processes of this machine, each pinned to processors of its own. */
export class LocalExecutor implements Executor {
  readonly detached = false;
  readonly #queue: Task[] = [];
  readonly #states = new Map<string, TaskState>();
  readonly #children = new Map<string, ChildProcess>();
  readonly #logs = new Map<string, string>();
  readonly #freePlaces: number[];
  readonly #processors = allowedProcessors();
  readonly #places: number;
  readonly #worker: readonly string[];
  readonly #pins: boolean;
  /** Ends the wait in `settle`. */
  #wake = (): void => {};

  /**
   * `worker`: the program and what stands before the run's folder among its arguments. `pins`: false where others share
   * the processors and we cannot know which are ours.
   */
  constructor(places: number, worker: readonly string[] = [WORKER], pins = true) {
    this.#places = places;
    this.#worker = worker;
    this.#pins = pins;
    this.#freePlaces = Array.from({ length: places }, (_, place) => place);
  }

  async submit(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) {
      this.#states.set(task.run, { phase: 'queued' });
      this.#logs.set(task.run, join(task.folder, runFiles.log));
      this.#queue.push(task);
    }
    this.#startNext();
  }

  poll(): ReadonlyMap<string, TaskState> {
    return this.#states;
  }

  async cancel(how: 'ask' | 'kill'): Promise<void> {
    for (const { run } of this.#queue.splice(0))
      this.#states.set(run, { phase: 'ended', exitCode: null, signal: null });
    for (const child of this.#children.values()) child.kill(how === 'ask' ? 'SIGTERM' : 'SIGKILL');
  }

  async settle(timeoutMs: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  logs(run: string): readonly string[] {
    return [this.#logs.get(run) ?? []].flat().filter(existsSync);
  }

  #startNext(): void {
    while (this.#queue.length > 0 && this.#freePlaces.length > 0) {
      this.#start(this.#queue.shift() as Task, this.#freePlaces.shift() as number);
    }
  }

  #start(task: Task, place: number): void {
    const log = openSync(this.#logs.get(task.run) as string, 'a', 0o600);
    const command = [...this.#pinning(place, task.threads), process.execPath, ...this.#worker, task.folder];
    // A session of its own: Ctrl-C reaches us, and we ask the workers. The channel tells them if we are gone.
    const child = spawn(command[0] as string, command.slice(1), { detached: true, stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    this.#children.set(task.run, child);
    this.#states.set(task.run, { phase: 'running', pid: child.pid ?? 0 });
    const who = { pid: child.pid ?? 0, processStart: processStart(child.pid ?? 0) ?? '' };
    const end = (exitCode: number | null, signal: string | null): void => {
      if (!this.#children.delete(task.run)) return;
      witnessEnd({ run: task.run, folder: task.folder, ...who, exitCode, signal });
      this.#end(task.run, place, exitCode, signal);
    };
    child.once('error', () => end(null, null));
    child.once('exit', end);
  }

  #end(run: string, place: number, exitCode: number | null, signal: string | null): void {
    this.#states.set(run, { phase: 'ended', exitCode, signal });
    this.#freePlaces.push(place);
    this.#startNext();
    this.#wake();
  }

  /** `taskset` with this place's processors; nothing where it is absent or processors would be shared. */
  #pinning(place: number, threads: number): string[] {
    const mine = this.#processors.slice(place * threads, (place + 1) * threads);
    if (!this.#pins || !TASKSET || mine.length < threads || this.#places * threads > this.#processors.length) return [];
    return [TASKSET, '-c', mine.join()];
  }
}

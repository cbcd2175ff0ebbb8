/** Executes the cells of a plan that are still missing, and stops cleanly when asked. */
import { EXIT } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import { runDir } from '../core/places.ts';
import { type Checkout, checkoutProvenance } from './checkout.ts';
import type { Executor, Task } from './executor.ts';
import { createRun } from './run-folder.ts';

export interface CampaignOptions {
  /** Cells to run, in this order. */
  cells: readonly Cell[];
  /** Identity → a finished run: its weights stand. */
  finished: ReadonlyMap<string, string>;
  /** Identity → a stopped or crashed run of it, which goes on from its checkpoint. */
  resumable: ReadonlyMap<string, string>;
  executor: Executor;
  /** What a person would type to run one cell again. */
  command: string;
  /** Aborted once: workers are asked to stop at their next step. */
  stop: AbortSignal;
  /** Aborted: workers are killed. */
  kill: AbortSignal;
  /** Called a few times a second while cells run, and once at the end. */
  onTick(): void;
}

/** How often the screen and the store follow the journals. */
const TICK_MS = 250;

/**
 * Resolves once all cells have ended. A cell that starts from another's weights waits for it; those that wait in vain are
 * given back.
 */
export async function executeCells(options: CampaignOptions): Promise<readonly Cell[]> {
  const { executor, stop, kill, onTick } = options;
  stop.addEventListener('abort', () => executor.cancel('ask'));
  kill.addEventListener('abort', () => executor.cancel('kill'));
  const checkout = checkoutProvenance();
  const finished = new Map(options.finished);
  const submitted = new Map<string, Cell>();
  let waiting = options.cells;
  const submitReady = (): void => {
    for (const [run, cell] of submitted) if (hasFinished(executor, run)) finished.set(cell.identity, run);
    const ready = waiting.filter(({ startsFrom }) => startsFrom === null || finished.has(startsFrom));
    if (stop.aborted || ready.length === 0) return;
    waiting = waiting.filter(cell => !ready.includes(cell));
    for (const cell of ready) {
      const task = taskOf(cell, checkout, { ...options, finished });
      submitted.set(task.run, cell);
      executor.submit(task);
    }
  };
  submitReady();
  while ([...executor.poll().values()].some(state => state.phase !== 'ended')) {
    await executor.settle(TICK_MS);
    submitReady();
    onTick();
  }
  onTick();
  return waiting;
}

function hasFinished(executor: Executor, run: string): boolean {
  const state = executor.poll().get(run);
  return state?.phase === 'ended' && state.exitCode === EXIT.ok;
}

function taskOf(cell: Cell, checkout: Checkout, { resumable, finished, command }: CampaignOptions): Task {
  const threads = cell.execution.threads;
  const stopped = resumable.get(cell.identity);
  if (stopped !== undefined) return { run: stopped, folder: runDir(stopped), threads };
  const startRun = cell.startsFrom === null ? undefined : finished.get(cell.startsFrom);
  const code = { ...checkout, codeHash: cell.codeHash };
  const { run, folder } = createRun({ cell, code, command, ...(startRun && { startRun }) });
  return { run, folder, threads };
}

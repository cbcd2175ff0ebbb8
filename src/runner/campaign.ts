/** Executes the cells of a plan that are still missing, and stops cleanly when asked. */
import type { Cell } from '../core/experiment.ts';
import { runDir } from '../core/places.ts';
import type { Executor, Task } from './executor.ts';
import { type Checkout, checkoutProvenance } from './provenance.ts';
import { createRun } from './run-folder.ts';

export interface CampaignOptions {
  /** Cells to run, in this order. */
  cells: readonly Cell[];
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

/** Resolves once all cells have ended. */
export async function executeCells(options: CampaignOptions): Promise<void> {
  const { executor, stop, kill, onTick } = options;
  stop.addEventListener('abort', () => executor.cancel('ask'));
  kill.addEventListener('abort', () => executor.cancel('kill'));
  const checkout = checkoutProvenance();
  const tasks = options.cells.map(cell => taskOf(cell, checkout, options));
  for (const task of tasks) if (!stop.aborted) executor.submit(task);
  while ([...executor.poll().values()].some(state => state.phase !== 'ended')) {
    await executor.settle(TICK_MS);
    onTick();
  }
  onTick();
}

function taskOf(cell: Cell, checkout: Checkout, { resumable, command }: CampaignOptions): Task {
  const threads = cell.execution.threads;
  const stopped = resumable.get(cell.identity);
  if (stopped !== undefined) return { run: stopped, folder: runDir(stopped), threads };
  const { run, folder } = createRun({ cell, code: { ...checkout, codeHash: cell.codeHash }, command });
  return { run, folder, threads };
}

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
 * Resolves once all cells have ended; where tasks go on without us, also once it is asked to stop. A cell that starts
 * from another's weights waits for it; those that wait in vain are given back.
 */
export async function executeCells(options: CampaignOptions): Promise<readonly Cell[]> {
  const { executor, stop, kill, onTick } = options;
  if (!executor.detached) {
    stop.addEventListener('abort', () => void executor.cancel('ask'));
    kill.addEventListener('abort', () => void executor.cancel('kill'));
  }
  const checkout = checkoutProvenance();
  const finished = new Map(options.finished);
  const submitted = new Map<string, Cell>();
  let waiting = options.cells;
  const submitReady = async (): Promise<void> => {
    for (const [run, cell] of submitted) if (hasFinished(executor, run)) finished.set(cell.identity, run);
    const isReady = ({ startsFrom }: Cell): boolean => startsFrom === null || finished.has(startsFrom);
    const ready = waiting.filter(isReady);
    if (stop.aborted || ready.length === 0) return;
    waiting = waiting.filter(cell => !isReady(cell));
    const tasks = ready.map(cell => taskOf(cell, checkout, { ...options, finished }));
    tasks.forEach(({ run }, index) => {
      submitted.set(run, ready[index] as Cell);
    });
    await executor.submit(tasks);
  };
  await submitReady();
  while (!(stop.aborted && executor.detached) && someGoOn(executor)) {
    await executor.settle(TICK_MS);
    await submitReady();
    onTick();
  }
  onTick();
  return waiting;
}

const someGoOn = (executor: Executor): boolean => [...executor.poll().values()].some(({ phase }) => phase !== 'ended');

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

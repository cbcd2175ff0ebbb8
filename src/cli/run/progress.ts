/** What a person sees while an experiment runs: a table on a terminal, plain lines anywhere else. */
import { formatDuration } from '../../core/duration.ts';
import { isSettled, type RunState, type RunSummary } from '../../core/results.ts';
import type { TaskState } from '../../runner/executor.ts';
import { type Colour, colour } from '../output/colour.ts';

export interface CellProgress {
  arm: string;
  seed: number;
  state: RunState;
  step: number;
  steps: number;
  /** Newest training loss; NaN before the first. */
  loss: number;
  reason: string | null;
}

export interface ProgressView {
  title: string;
  arms: readonly string[];
  seeds: readonly number[];
  cells: readonly CellProgress[];
  elapsedMs: number;
  /** NaN while nothing is known. */
  remainingMs: number;
  imagesPerSecond: number;
  /** In the scheduler's words why cells wait → how many; left out where nobody says. */
  waiting?: ReadonlyMap<string, number>;
}

const MARKS: Record<RunState, { mark: string; style: Colour }> = {
  pending: { mark: '·', style: 'gray' },
  running: { mark: '▸', style: 'cyan' },
  finished: { mark: '✓', style: 'green' },
  failed: { mark: '✗', style: 'red' },
  killed: { mark: '■', style: 'yellow' },
  crashed: { mark: '✗', style: 'red' },
  unreachable: { mark: '?', style: 'yellow' },
};
const CELL_WIDTH = 13;

/** The arms × seeds table with its heading, as lines of at most `columns` characters (seeds that do not fit are counted). */
export function progressTable(view: ProgressView, columns: number): string[] {
  const armWidth = Math.max(...view.arms.map(arm => arm.length)) + 2;
  const fitting = Math.max(1, Math.floor((columns - armWidth) / CELL_WIDTH));
  const seeds = view.seeds.slice(0, fitting);
  const heading = ' '.repeat(armWidth) + seeds.map(seed => `seed ${seed}`.padEnd(CELL_WIDTH)).join('');
  const rows = view.arms.map(
    arm => arm.padEnd(armWidth) + seeds.map(seed => cellText(findCell(view, arm, seed))).join(''),
  );
  const hidden = view.seeds.length - seeds.length;
  return [summaryLine(view), '', heading.trimEnd(), ...rows, ...(hidden > 0 ? [`… and ${hidden} more seeds`] : [])];
}

/** "degradation-34 quick: 7 of 20 cells · 1,240 images/s · 2:10, about 4:30 left" */
export function summaryLine(view: ProgressView): string {
  const done = view.cells.filter(cell => cell.state === 'finished').length;
  const parts = [
    `${view.title}: ${done} of ${view.arms.length * view.seeds.length} cells`,
    ...(view.imagesPerSecond > 0 ? [`${Math.round(view.imagesPerSecond).toLocaleString('en')} images/s`] : []),
    formatDuration(view.elapsedMs) +
      (Number.isFinite(view.remainingMs) ? `, about ${formatDuration(view.remainingMs)} left` : ''),
    ...waitingText(view.waiting),
  ];
  return parts.join(' · ');
}

/** "waiting: 40 JobArrayTaskLimit, 2 Resources" */
function waitingText(waiting: ReadonlyMap<string, number> = new Map()): string[] {
  const counts = [...waiting].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${count} ${reason}`);
  return counts.length === 0 ? [] : [`waiting: ${counts.join(', ')}`];
}

/** "plain-34 seed 2: finished, loss 0.412", for logs. */
export function cellLine({ arm, seed, state, loss, step, steps, reason }: CellProgress): string {
  const detail = reason ?? (Number.isNaN(loss) ? '' : `loss ${loss.toFixed(3)} after ${step} of ${steps} steps`);
  return `${arm} seed ${seed}: ${state}${detail && `, ${detail}`}`;
}

/**
 * The newest run of each cell as what the table shows. `task`: where it is executed, if somebody has it in hand: one
 * that was stopped and is queued again waits, whatever became of its last attempt.
 */
export function cellProgress(run: RunSummary, loss: number, task?: TaskState): CellProgress {
  const { arm, seed, step, steps } = run;
  const isQueued = task?.phase === 'queued' && !isSettled(run);
  const { state, reason } = isQueued ? { state: 'pending' as const, reason: task.reason ?? null } : run;
  return { arm, seed, state, step, steps, reason, loss };
}

function cellText(cell: CellProgress | undefined): string {
  const { mark, style } = MARKS[cell?.state ?? 'pending'];
  if (!cell || cell.state === 'pending') return colour(mark, style, process.stderr) + ' '.repeat(CELL_WIDTH - 1);
  const loss = Number.isNaN(cell.loss) ? '' : cell.loss.toFixed(3);
  const share = cell.state === 'finished' ? '' : `${Math.floor((100 * cell.step) / cell.steps)}%`;
  const text = ` ${[loss, share].filter(Boolean).join(' ')}`;
  return colour(mark, style, process.stderr) + text.slice(0, CELL_WIDTH - 2).padEnd(CELL_WIDTH - 1);
}

function findCell(view: ProgressView, arm: string, seed: number): CellProgress | undefined {
  return view.cells.find(cell => cell.arm === arm && cell.seed === seed);
}

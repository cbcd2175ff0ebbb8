import type { Cell } from '../core/experiment.ts';
import type { RunSummary } from '../core/results.ts';
import { type RunRow, selectRuns, summarise } from './run-rows.ts';
import { withMetrics } from './runs.ts';
import type { Store } from './store.ts';

/**
 * Identity of each cell → the run that counts for it: the newest finished, else the newest at all; cells never started
 * are missing. A run of another experiment, tier or spec with the same identity counts, as its bits are the same: it is
 * returned as a run of the cell that was asked for.
 */
export function runsOfCells(store: Store, cells: readonly Cell[]): Map<string, RunSummary> {
  return store.read(() => {
    const found = cells.flatMap(cell => runOfCell(store, cell) ?? []);
    return new Map(
      withMetrics(
        store,
        found.map(({ row, run }) => [row, run] as const),
      ).map(run => [run.identity, run]),
    );
  });
}

function runOfCell(store: Store, cell: Cell): { row: RunRow; run: RunSummary } | undefined {
  const runs = selectRuns(store, 'cells.identity = ?', [cell.identity]).map(row => ({ row, run: summarise(row) }));
  const chosen = runs.find(({ run }) => run.state === 'finished') ?? runs[0];
  if (chosen === undefined) return undefined;
  const { experiment, tier, arm, levels, seed, specHash } = cell;
  return { row: chosen.row, run: { ...chosen.run, experiment, tier, arm, levels, seed, specHash } };
}

/** What of an experiment is looked at while it runs: its newest form, one run a cell. */
import type { RunSummary } from '../../core/results.ts';
import { listRuns } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

/** The newest ones: a page of more would not help anybody. */
const MOST_RUNS = 1000;

/** Of the tier and spec that were run last; none if nothing was. By arms' names, then seeds. */
export function cellsNow(store: Store, experiment: string): RunSummary[] {
  const runs = listRuns(store, { experiment, limit: MOST_RUNS });
  const newest = runs[0];
  const cells = new Map<string, RunSummary>();
  for (const run of runs) {
    if (run.tier !== newest?.tier || run.specHash !== newest.specHash) continue;
    const cell = JSON.stringify([run.arm, run.seed]);
    const chosen = cells.get(cell);
    if (chosen === undefined || weight(run) > weight(chosen)) cells.set(cell, run);
  }
  return [...cells.values()].sort((a, b) => (a.arm < b.arm ? -1 : a.arm > b.arm ? 1 : a.seed - b.seed));
}

/** Of several runs of a cell the one that runs, else one that finished; among equals the newest. */
const weight = ({ state }: RunSummary): number => (state === 'running' ? 2 : state === 'finished' ? 1 : 0);

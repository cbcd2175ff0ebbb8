/** Which cells of a plan are still to be run, and which of them go on from a checkpoint. */
import type { Cell } from '../../core/experiment.ts';
import { isSettled, type RunSummary } from '../../core/results.ts';
import type { CampaignOptions } from '../../runner/campaign.ts';
import type { Plan } from '../../runner/plan.ts';
import { runsOfCells } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

export type Remaining = Pick<CampaignOptions, 'resumable' | 'finished'> & { missing: Cell[] };

/**
 * Finished cells count, and so do diverged ones: the same bits would diverge again. Waiting and stopped ones go on.
 * `shared`: so do those that run, or may, elsewhere: who takes them up finds out.
 */
export function remaining(
  plan: Plan,
  store: Store,
  { force = false, shared = false }: { force?: boolean; shared?: boolean } = {},
): Remaining {
  if (force) return { missing: [...plan.cells], resumable: new Map(), finished: new Map() };
  const runs = runsOfCells(store, plan.cells);
  const states = ['pending', 'killed', 'crashed', ...(shared ? ['running', 'unreachable'] : [])];
  const stopped = [...runs].filter(([, run]) => states.includes(run.state));
  const finished = [...runs].filter(([, run]) => run.state === 'finished');
  const idsOf = (some: typeof stopped) => new Map(some.map(([identity, run]) => [identity, run.id]));
  return { missing: missingCells(plan, runs), resumable: idsOf(stopped), finished: idsOf(finished) };
}

/** `runs`: the newest of each identity. */
export const missingCells = ({ cells }: Plan, runs: ReadonlyMap<string, RunSummary>): Cell[] =>
  cells.filter(({ identity }) => {
    const run = runs.get(identity);
    return run === undefined || !isSettled(run);
  });

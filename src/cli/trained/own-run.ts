/** A run by the beginning of its id, if this program trained it and so can do more with it than show it. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { RunSummary } from '../../core/results.ts';
import { TRACKED_TIER } from '../../core/tracked-cell.ts';
import { findRun } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

/** `lacks`: what the command needs and a run of another program does not have. */
export function findOwnRun(store: Store, idPrefix: string, lacks: string): RunSummary {
  const run = findRun(store, idPrefix);
  if (run.tier !== TRACKED_TIER) return run;
  throw new UserError(
    `run ${run.id} was trained by another program, which bench has only recorded: it has no ${lacks}.`,
    { exitCode: EXIT.noData },
  );
}

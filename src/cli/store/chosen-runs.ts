import { EXIT, UserError } from '../../core/errors.ts';
import { findRun, runIds } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

/** Ids of the runs that a command means: by beginnings of ids, or by a filter. Throws one line if that is none. */
export function chosenRuns(store: Store, prefixes: readonly string[], where: string | undefined): string[] {
  if (prefixes.length > 0 === (where !== undefined))
    throw new UserError('expected either ids of runs or --where "FILTER".');
  const ids = where === undefined ? prefixes.map(prefix => findRun(store, prefix).id) : runIds(store, { where });
  if (ids.length === 0) throw new UserError(`no runs: the filter ${where} is true of none.`, { exitCode: EXIT.noData });
  return [...new Set(ids)];
}

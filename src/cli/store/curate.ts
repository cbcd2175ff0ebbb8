/** What `bench tag`, `note`, `star` and `archive` do. */
import { EXIT } from '../../core/errors.ts';
import { type CurationAction, curate } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { chosenRuns } from './chosen-runs.ts';

/** Says the action of the runs and prints one line: `done`, and how many runs. */
export function curateCommand(
  runs: readonly string[],
  where: string | undefined,
  action: CurationAction,
  done: string,
): Promise<number> {
  return withRecordedStore(store => {
    const ids = chosenRuns(store, runs, where);
    curate(store, ids, action);
    process.stdout.write(`${done}: ${countRuns(ids)}\n`);
    return EXIT.ok;
  });
}

/** "a1b2c3" of one, "12 runs" of many. */
export const countRuns = (ids: readonly string[]): string =>
  ids.length === 1 ? (ids[0] as string) : `${ids.length} runs`;

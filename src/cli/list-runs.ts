import { EXIT } from '../core/errors.ts';
import { experimentNames, listRuns, type RunFilter } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import { printJson } from './command.ts';
import { openRecordedStore } from './recorded-store.ts';
import { formatRuns } from './run-table.ts';
import { wordsForNumbers } from './words-for-numbers.ts';

export function listCommand(filter: RunFilter, json: boolean): number {
  const store = openRecordedStore();
  try {
    const runs = store === null ? [] : listRuns(store, filter);
    if (json) printJson(wordsForNumbers(runs));
    else if (store !== null && runs.length > 0) process.stdout.write(formatRuns(store, runs));
    if (runs.length === 0) process.stderr.write(`${nothingFound(store, filter)}\n`);
    return EXIT.ok;
  } finally {
    store?.close();
  }
}

function nothingFound(store: Store | null, filter: RunFilter): string {
  const names = store === null ? [] : experimentNames(store);
  if (names.length === 0) return 'no runs yet: `bench run EXPERIMENT` makes some.';
  return `no such runs. Experiments with runs: ${names.join(', ')}${filter.state ? `; state asked for: ${filter.state}` : ''}.`;
}

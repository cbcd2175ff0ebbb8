import type { Store } from '../../src/tracking/store.ts';
import { openAll, type Place, writeJournal } from '../tracking/journals.ts';
import { madeUpRuns } from './content.ts';

/** Returns their ids. */
export function writeRuns(place: Place, values?: readonly number[]): string[] {
  const runs = madeUpRuns(values);
  for (const [id, events] of runs) writeJournal(place, id, events);
  return [...runs.keys()];
}

export function recorded(place: Place): Store {
  const { store, recorder } = openAll(place);
  const { problems } = recorder.ingestAll();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return store;
}

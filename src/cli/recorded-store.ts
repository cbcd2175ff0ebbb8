import { existsSync } from 'node:fs';
import { runsDir, storePath } from '../core/places.ts';
import { Recorder } from '../tracking/recorder.ts';
import { openStore, type Store } from '../tracking/store.ts';

/**
 * The store with all that the run folders say by now; what cannot be recorded is told on stderr. Null where nothing was
 * ever run: looking creates nothing.
 */
export function openRecordedStore(): Store | null {
  if (!existsSync(storePath()) && !existsSync(runsDir())) return null;
  const store = openStore(storePath());
  try {
    const { problems } = new Recorder(store, runsDir()).ingestAll();
    for (const problem of problems) process.stderr.write(`bench: ${problem}\n`);
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

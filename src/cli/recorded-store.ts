import { existsSync } from 'node:fs';
import { errorCode } from '../core/errors.ts';
import { runsDir, storePath } from '../core/places.ts';
import { plainText } from '../core/plain-text.ts';
import { Recorder } from '../tracking/recorder.ts';
import { openStore, type Store } from '../tracking/store.ts';

/** Somebody else's store, or a read-only disk. */
const NOT_WRITABLE = /^(SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/;

/**
 * The store with all that the run folders say by now; what cannot be recorded is told on stderr. Null where nothing was
 * ever run: looking creates nothing. A store that may only be read is shown as it was recorded last.
 */
export function openRecordedStore(): Store | null {
  if (!existsSync(storePath()) && !existsSync(runsDir())) return null;
  try {
    return recorded(openStore(storePath()));
  } catch (error) {
    const code = errorCode((error as { cause?: unknown }).cause) ?? '';
    if (!NOT_WRITABLE.test(code) || !existsSync(storePath())) throw error;
    const store = openStore(storePath(), { readonly: true });
    process.stderr.write('bench: the store may only be read: shown as it was recorded last.\n');
    return store;
  }
}

function recorded(store: Store): Store {
  try {
    const { problems } = new Recorder(store, runsDir()).ingestAll();
    for (const problem of problems) process.stderr.write(`bench: ${plainText(problem)}\n`);
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

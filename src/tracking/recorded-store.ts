import { existsSync } from 'node:fs';
import { EXIT, errorCode, UserError } from '../core/errors.ts';
import { runsDir, storePath } from '../core/places.ts';
import { plainText } from '../core/plain-text.ts';
import { Recorder } from './recorder.ts';
import { openStore, type Store } from './store.ts';

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

/** Does `action` with the store as it is now. Throws the line `none` where nothing was ever run. */
export async function withRecordedStore<T>(
  action: (store: Store) => T | Promise<T>,
  none = 'no runs yet: `bench run EXPERIMENT` makes some.',
): Promise<T> {
  const store = openRecordedStore();
  if (store === null) throw new UserError(none, { exitCode: EXIT.noData });
  try {
    return await action(store);
  } finally {
    store.close();
  }
}

function recorded(store: Store): Store {
  try {
    const { problems } = new Recorder(store, runsDir()).ingestOpen();
    for (const problem of problems) process.stderr.write(`bench: ${plainText(problem)}\n`);
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

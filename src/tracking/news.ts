/** For who follows the store: whether something is new in it, and what. */
import type { Store } from './store.ts';

/** Each grows: with what other connections write, with what this one writes, with the schema. */
export interface StoreVersion {
  others: number;
  own: number;
  schema: number;
}

export function storeVersion(store: Store): StoreVersion {
  const sql = `SELECT data_version AS others, total_changes() AS own, user_version AS schema
    FROM pragma_data_version, pragma_user_version`;
  return store.read(() => store.prepare<StoreVersion>(sql).get()) as StoreVersion;
}

export interface RecordedRun {
  key: number;
  run: string;
  /** Null while only its name is known. */
  experiment: string | null;
  /** Of its journal. */
  bytes: number;
  /** Whether its journal has told of no end: 1 or 0. */
  open: number;
}

/** Runs that may have news: open ones, those that are recorded since the run of this key, and these. */
export function recordedRuns(store: Store, sinceKey: number, keys: readonly number[]): RecordedRun[] {
  const sql = `SELECT key, id AS run,
      (SELECT experiment FROM cells WHERE cells.key = runs.cell) AS experiment, journal_offset AS bytes,
      EXISTS (SELECT 1 FROM attempts WHERE attempts.run = runs.key AND end_state IS NULL) AS open
    FROM runs WHERE key IN (SELECT key FROM runs WHERE key > ?
      UNION SELECT run FROM attempts WHERE end_state IS NULL UNION SELECT value FROM json_each(?)) ORDER BY key`;
  return store.read(() => store.prepare<RecordedRun>(sql).all(sinceKey, JSON.stringify(keys)));
}

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

/** Runs whose journals have told of no end: they may still grow. */
export function openRuns(store: Store): string[] {
  const sql = `SELECT DISTINCT runs.id FROM attempts JOIN runs ON runs.key = attempts.run
    WHERE attempts.end_state IS NULL`;
  return store.read(() => store.prepare<string>(sql, 'pluck').all());
}

export interface RecordedRun {
  run: string;
  /** Null while only its name is known. */
  experiment: string | null;
  /** Of its journal. */
  bytes: number;
}

export function recordedRuns(store: Store): RecordedRun[] {
  const sql = `SELECT id AS run, experiment, journal_offset AS bytes FROM runs
    LEFT JOIN cells ON cells.key = runs.cell`;
  return store.read(() => store.prepare<RecordedRun>(sql).all());
}

import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { EndState } from '../core/journal.ts';
import { runFiles } from '../core/places.ts';
import type { RunSummary } from '../core/results.ts';
import type { RunTier } from '../core/tracked-cell.ts';
import { livenessOf } from './liveness.ts';
import type { Store } from './store.ts';

/** One row of the join that every list of runs starts from: a run, its cell and its last attempt. */
export interface RunRow {
  key: number;
  id: string;
  startedAt: number | null;
  experiment: string;
  tier: RunTier;
  arm: string;
  levels: string;
  seed: number;
  steps: number;
  specHash: string;
  identity: string;
  attempts: number;
  /** Null without any attempt, as all below. */
  pid: number | null;
  processStart: string | null;
  host: string | null;
  lastEventAt: number | null;
  step: number | null;
  endState: EndState | null;
  endedAt: number | null;
  reason: string | null;
  /** Of its journal. */
  problem: string | null;
  /** By our clock; null in a store of an older bench. */
  heardAt: number | null;
  /** JSON: folders of its journals, with the bytes that each had when it was last looked at. */
  journals: string;
}

/** Joins the last attempt of `runs` as `last`. */
export const LAST_ATTEMPT = `LEFT JOIN attempts AS last ON last.run = runs.key
    AND last.attempt = (SELECT max(attempt) FROM attempts WHERE attempts.run = runs.key)`;

const SELECT = `SELECT runs.key, runs.id, runs.started_at AS startedAt,
    cells.experiment, cells.tier, cells.arm, cells.levels, cells.seed, cells.steps,
    cells.spec_hash AS specHash, cells.identity,
    (SELECT count(*) FROM attempts WHERE attempts.run = runs.key) AS attempts,
    last.pid, last.process_start AS processStart, last.host, last.last_event_at AS lastEventAt, last.step,
    last.end_state AS endState, last.ended_at AS endedAt, last.reason,
    (SELECT max(problem) FROM journals WHERE journals.run = runs.key) AS problem,
    (SELECT max(heard_at) FROM journals WHERE journals.run = runs.key) AS heardAt,
    (SELECT json_group_object(folder, bytes) FROM journals WHERE journals.run = runs.key) AS journals
  FROM runs
  JOIN cells ON cells.key = runs.cell ${LAST_ATTEMPT}`;

/** Of the run with this whole id. */
export const runKey = (store: Store, id: string): number | undefined =>
  store.prepare<number>('SELECT key FROM runs WHERE id = ?', 'pluck').get(id);

/** Rows in the order of their start, newest first. `where` is our own SQL, its values are bound. */
export function selectRuns(store: Store, where: string, values: readonly (string | number)[]): RunRow[] {
  const sql = `${SELECT} WHERE ${where} ORDER BY runs.started_at DESC, runs.key DESC`;
  return store.prepare<RunRow>(sql).all(...values);
}

/** Rows of these runs, in the order of their keys here. */
export function rowsOf(store: Store, keys: readonly number[]): RunRow[] {
  const statement = store.prepare<RunRow>(`${SELECT} WHERE runs.key = ?`);
  return keys.map(key => statement.get(key)).filter(row => row !== undefined);
}

/** The state is found out now: a process that was killed a moment ago is gone. */
export function summarise(store: Store, row: RunRow): RunSummary {
  const { state, reason } = livenessOf(lastAttemptOf(row), () => hasUnread(store, row));
  return {
    id: row.id,
    experiment: row.experiment,
    tier: row.tier,
    arm: row.arm,
    levels: JSON.parse(row.levels) as Record<string, string>,
    seed: row.seed,
    specHash: row.specHash,
    identity: row.identity,
    state,
    reason: state === 'finished' ? null : (row.problem ?? reason),
    step: row.step ?? 0,
    steps: row.steps,
    attempts: row.attempts,
    startedAt: row.startedAt,
    // Of a crashed run the last sign of life is all there is.
    endedAt: row.endedAt ?? (state === 'crashed' ? row.lastEventAt : null),
    metrics: {},
  };
}

/** Folders that held the run's journal, as absolute paths. */
export function runFolders(store: Store, key: number): string[] {
  const sql = 'SELECT folder FROM journals WHERE run = ? ORDER BY folder';
  const folders = store.prepare<string>(sql, 'pluck').all(key);
  return folders.map(folder => folderPath(store, folder));
}

const folderPath = (store: Store, folder: string): string => resolve(dirname(store.path), folder);

/** Whether one of its journals is longer by now than it was when it was last looked at. */
function hasUnread(store: Store, { journals }: RunRow): boolean {
  const looked = Object.entries(JSON.parse(journals) as Record<string, number>);
  return looked.some(([folder, bytes]) => journalBytes(folderPath(store, folder)) > bytes);
}

/** None where the folder is gone, or is not ours to see. */
function journalBytes(folder: string): number {
  try {
    return statSync(join(folder, runFiles.journal)).size;
  } catch {
    return 0;
  }
}

function lastAttemptOf(row: RunRow): Parameters<typeof livenessOf>[0] {
  if (row.pid === null) return null;
  return {
    pid: row.pid,
    processStart: row.processStart ?? '',
    host: row.host ?? '',
    heardAt: row.heardAt ?? row.lastEventAt ?? 0,
    endState: row.endState,
    reason: row.reason,
  };
}

/** A store made anew from the journals, beside the one that is kept. */
import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { describeError, errorCode } from '../core/errors.ts';
import { inStretch } from './curve-points.ts';
import { type IngestSummary, Recorder } from './recorder.ts';
import { openStore, type Store } from './store.ts';

/** Tables that journals fill, and what is theirs alone. All others are carried over as they are. */
const FROM_JOURNALS = [
  ...['experiments', 'cells', 'params', 'runs', 'journals', 'attempts', 'metric_names', 'metrics'],
  ...['stretches', 'point_values', 'point_blocks', 'artifacts', 'provenance'],
];

export interface Rebuilt {
  store: Store;
  summary: IngestSummary;
}

/** Builds the store at `path`, where none may be; the caller closes it, and removes it with `removeStore`. */
export function rebuildStore(path: string, runsDir: string): Rebuilt {
  const store = openStore(path);
  return { store, summary: new Recorder(store, runsDir).ingestAll() };
}

/** Makes the kept store readable as `kept`. False if it cannot even be opened. */
export function attachKept(store: Store, path: string): boolean {
  try {
    store.prepare('ATTACH ? AS kept').run(path);
    store.prepare('SELECT count(*) FROM kept.sqlite_master').get();
    return true;
  } catch {
    return false;
  }
}

export const detachKept = (store: Store): unknown => store.prepare('DETACH kept').run();

export function removeStore(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
}

/** Runs, metrics and stretches keep their numbers, which other tables may use. Call it before anything is ingested. */
export function carryKeys(store: Store): string[] {
  return carry(store, [
    ['runs', 'INSERT OR IGNORE INTO main.runs (key, id) SELECT key, id FROM kept.runs'],
    ['metric_names', 'INSERT OR IGNORE INTO main.metric_names (key, name) SELECT key, name FROM kept.metric_names'],
    [
      'stretches',
      `INSERT OR IGNORE INTO main.stretches SELECT * FROM kept.stretches
        WHERE run IN (SELECT key FROM main.runs) AND metric IN (SELECT key FROM main.metric_names)`,
    ],
  ]);
}

/**
 * What no journal says: verdicts, what people said of runs, and runs whose folder is gone. Returns a line for each
 * table that could not be read. Call it after all journals were ingested.
 */
export function carryRest(store: Store): string[] {
  return [...carry(store, orphanSql()), ...carry(store, otherTables(store))];
}

/** Runs that the kept store has a cell of, and the journals have not. */
const ORPHANS = `(SELECT key FROM kept.runs WHERE cell IS NOT NULL
  AND key IN (SELECT key FROM main.runs WHERE cell IS NULL))`;

function orphanSql(): [table: string, sql: string][] {
  const ofRuns = (table: string): [string, string] => [
    table,
    `INSERT OR IGNORE INTO main.${table} SELECT * FROM kept.${table} WHERE run IN ${ORPHANS}`,
  ];
  return [
    [
      'experiments',
      `INSERT OR IGNORE INTO main.experiments SELECT * FROM kept.experiments WHERE id IN
        (SELECT experiment FROM kept.cells JOIN kept.runs ON runs.cell = cells.key WHERE runs.key IN ${ORPHANS})`,
    ],
    ['provenance', 'INSERT OR IGNORE INTO main.provenance (hash, content) SELECT hash, content FROM kept.provenance'],
    ...['metrics', 'point_blocks', 'artifacts', 'journals'].map(ofRuns),
    [
      'point_values',
      `INSERT OR IGNORE INTO main.point_values SELECT at, value, time
        FROM kept.stretches CROSS JOIN kept.point_values ON ${inStretch()}
        WHERE run IN ${ORPHANS}`,
    ],
    [
      'attempts',
      `INSERT OR IGNORE INTO main.attempts (run, attempt, pid, process_start, host, from_step, started_at,
          last_event_at, step, end_state, ended_at, reason, provenance)
        SELECT run, attempt, pid, process_start, host, from_step, started_at, last_event_at, step, end_state, ended_at,
          reason, (SELECT new.key FROM main.provenance AS new JOIN kept.provenance AS old ON old.hash = new.hash
            WHERE old.key = kept.attempts.provenance)
        FROM kept.attempts WHERE run IN ${ORPHANS}`,
    ],
    [
      'cells',
      `INSERT OR IGNORE INTO main.cells
          (experiment, tier, arm, levels, seed, steps, spec_hash, code_hash, data_hash, identity, cell)
        SELECT experiment, tier, arm, levels, seed, steps, spec_hash, code_hash, data_hash, identity, cell
        FROM kept.cells WHERE key IN (SELECT cell FROM kept.runs WHERE key IN ${ORPHANS})`,
    ],
    [
      'params',
      `INSERT OR IGNORE INTO main.params SELECT ${NEW_CELL('kept.params.cell')}, name, value FROM kept.params
        WHERE cell IN (SELECT cell FROM kept.runs WHERE key IN ${ORPHANS})`,
    ],
    // Last: it makes them orphans no more.
    [
      'runs',
      `UPDATE main.runs SET (cell, started_at, journal_offset, journal_anchor, points_since) =
          (SELECT ${NEW_CELL('old.cell')}, old.started_at, old.journal_offset, old.journal_anchor,
            old.points_since
            FROM kept.runs AS old WHERE old.key = main.runs.key)
        WHERE key IN ${ORPHANS}`,
    ],
  ];
}

/** The key that a kept cell has in the new store. */
const NEW_CELL = (key: string): string => `(SELECT new.key FROM main.cells AS new JOIN kept.cells AS was
  ON was.experiment = new.experiment AND was.tier = new.tier AND was.spec_hash = new.spec_hash AND was.arm = new.arm
    AND was.seed = new.seed AND was.identity = new.identity WHERE was.key = ${key})`;

/** Tables of a later version too: whatever no journal fills. */
function otherTables(store: Store): [table: string, sql: string][] {
  const sql = `SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`;
  const names = store.prepare<string>(sql, 'pluck').all();
  const others = names.filter(name => !FROM_JOURNALS.includes(name));
  return others.map(name => [name, `INSERT OR IGNORE INTO main."${name}" SELECT * FROM kept."${name}"`]);
}

function carry(store: Store, steps: readonly [table: string, sql: string][]): string[] {
  return steps.flatMap(([table, sql]) => {
    try {
      store.write(() => store.prepare(sql).run());
      return [];
    } catch (error) {
      return [`${table}: ${describeError(error)}`];
    }
  });
}

/**
 * All other connections are closed at this moment, and all that was written is in the one file. False: somebody has it
 * open. Throws what SQLite says of a damaged file.
 */
export function isOursAlone(database: Database): boolean {
  try {
    return database.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (/^SQLITE_(BUSY|LOCKED)/.test(errorCode(error) ?? '')) return false;
    throw error;
  }
}

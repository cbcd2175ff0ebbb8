import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { errorCode } from '../core/errors.ts';
import { checkSchema, migrate } from './migrate.ts';
import { BUSY_TIMEOUT_MS, missingStore, storeError } from './store-errors.ts';
import { enterStore } from './store-nodes.ts';
import { dropRemains } from './store-remains.ts';

/** The store says what somebody works on: it is made for its owner alone. Who wants to share it says so with chmod. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** What SQLite says where it may not put its companions beside the file. */
const NO_ROOM = /^SQLITE_(CANTOPEN|READONLY)/;
/** Where SQLite's header says by which rules the file is written and read; 1 is the rollback journal. */
const FORMAT_BYTES = [18, 19] as const;

export interface StoreOptions {
  /** Neither creates nor migrates. */
  readonly?: boolean;
}

/** Opens the store, creates it if there is none, and migrates it. Throws one `UserError` if the file refuses. */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const readonly = options.readonly ?? false;
  if (readonly && !existsSync(path)) throw missingStore(path);
  try {
    if (!readonly) makePrivately(path);
    const leave = enterStore(path);
    return openOrLeave(leave, () => new Store(path, openDatabase(path, readonly), leave));
  } catch (error) {
    throw storeError(path, error);
  }
}

function openOrLeave(leave: () => void, open: () => Store): Store {
  try {
    return open();
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * A SQLite file in write-ahead mode: readers never wait for the writer, nor it for them. Statements are prepared once.
 * All access goes through `read` and `write`, which turn errors of SQLite into one line.
 */
export class Store {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  readonly #leave: () => void;

  /** Call `openStore`. */
  constructor(path: string, database: Database.Database, leave: () => void) {
    this.#leave = leave;
    this.path = path;
    this.#database = database;
  }

  /** The prepared statement of this SQL; rows are arrays with `raw`, single values with `pluck`. */
  prepare<Row = unknown>(sql: string, shape: 'objects' | 'raw' | 'pluck' = 'objects'): StoreStatement<Row> {
    const name = `${shape} ${sql}`;
    let statement = this.#statements.get(name);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      if (shape !== 'objects') statement[shape]();
      this.#statements.set(name, statement);
    }
    return statement as unknown as StoreStatement<Row>;
  }

  /** All reads of `action` see one state. */
  read<T>(action: () => T): T {
    return this.#transact('deferred', action);
  }

  /** All or nothing of `action`; waits for another writer for up to five seconds. */
  write<T>(action: () => T): T {
    return this.#transact('immediate', action);
  }

  /** A whole copy at `path`, also while others write. Call it outside of `read` and `write`. */
  async copyTo(path: string): Promise<void> {
    try {
      closeSync(openSync(path, 'wx', FILE_MODE));
      await this.#database.backup(path);
    } catch (error) {
      throw storeError(path, error);
    }
  }

  close(): void {
    this.#database.close();
    this.#leave();
  }

  #transact<T>(mode: 'deferred' | 'immediate', action: () => T): T {
    try {
      return this.#database.inTransaction ? action() : this.#database.transaction(action)[mode]();
    } catch (error) {
      throw storeError(this.path, error);
    }
  }
}

type Value = string | number | null;

export interface StoreStatement<Row> {
  all(...values: Value[]): Row[];
  get(...values: Value[]): Row | undefined;
  run(...values: Value[]): { changes: number; lastInsertRowid: number | bigint };
}

/** SQLite gives its companions (-wal, -shm) the mode of the file itself. */
function makePrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  dropRemains(path);
  if (!existsSync(path)) closeSync(openSync(path, 'a', FILE_MODE));
}

function openDatabase(path: string, readonly: boolean): Database.Database {
  try {
    return prepared(new Database(path, { readonly, timeout: BUSY_TIMEOUT_MS }), readonly);
  } catch (error) {
    if (readonly && NO_ROOM.test(errorCode(error) ?? '') && isAtRest(path)) return openInMemory(path);
    throw error;
  }
}

/** Nobody has it open, or had it open when he was killed: all that was written is in the file itself. */
const isAtRest = (path: string): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;

/** Where SQLite may not put its companions beside the file: somebody else's folder, or a read-only disk. */
function openInMemory(path: string): Database.Database {
  const bytes = readFileSync(path);
  for (const at of FORMAT_BYTES) bytes[at] = 1;
  const database = prepared(new Database(bytes), true);
  database.pragma('query_only = ON');
  return database;
}

function prepared(database: Database.Database, readonly: boolean): Database.Database {
  try {
    patiently(() => {
      checkSchema(database);
      if (!readonly) database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma('foreign_keys = ON');
      migrate(database);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite does not wait for a lock when another process changes to write-ahead mode at the same moment: we do. */
function patiently<T>(action: () => T): T {
  for (const startedAtMs = Date.now(); ; ) {
    try {
      return action();
    } catch (error) {
      const busy = errorCode(error)?.startsWith('SQLITE_BUSY') ?? false;
      if (!busy || Date.now() - startedAtMs >= BUSY_TIMEOUT_MS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 + 10 * Math.random());
    }
  }
}

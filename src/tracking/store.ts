import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { errorCode } from '../core/errors.ts';
import { checkSchema, migrate } from './migrate.ts';
import { BUSY_TIMEOUT_MS, missingStore, storeError } from './store-errors.ts';

export interface StoreOptions {
  /** Neither creates nor migrates. */
  readonly?: boolean;
}

/** Opens the store, creates it if there is none, and migrates it. Throws one `UserError` if the file refuses. */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const readonly = options.readonly ?? false;
  if (readonly && !existsSync(path)) throw missingStore(path);
  try {
    if (!readonly) mkdirSync(dirname(path), { recursive: true });
    return new Store(path, openDatabase(path, readonly));
  } catch (error) {
    throw storeError(path, error);
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

  /** Call `openStore`. */
  constructor(path: string, database: Database.Database) {
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

  close(): void {
    this.#database.close();
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

function openDatabase(path: string, readonly: boolean): Database.Database {
  const database = new Database(path, { readonly, timeout: BUSY_TIMEOUT_MS });
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

/** Questions in SQL to the store's views, that cannot change anything. */
import type Database from 'better-sqlite3';
import { describeError, errorCode, UserError } from '../core/errors.ts';
import type { Store } from './store.ts';

export interface SqlAnswer {
  columns: string[];
  /** Read while they are asked for. NULL is null, a blob a `Buffer`. */
  rows: Iterable<unknown[]>;
}

/**
 * Asks a store that was opened for reading only, and gives the answer to `use`. Throws one line if it is not one statement
 * that reads, or if SQLite refuses it.
 */
export function askSql<T>(store: Store, sql: string, use: (answer: SqlAnswer) => T): T {
  try {
    store.prepare('PRAGMA query_only = ON').run();
    const statement = store.prepare(sql) as unknown as Database.Statement<unknown[], unknown[]>;
    requireQuestion(sql, statement);
    statement.raw();
    const columns = statement.columns().map(column => column.name);
    return store.read(() => use({ columns, rows: statement.iterate() }));
  } catch (error) {
    throw sqlError(error);
  }
}

/** ATTACH, VACUUM INTO and pragmas reach other files or change the connection; a statement that writes says so itself. */
function requireQuestion(sql: string, statement: Database.Statement): void {
  const words = sql.replace(/^(?:\s|--.*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
  if (/^(?:SELECT|WITH|VALUES|EXPLAIN)\b/i.test(words) && statement.reader && statement.readonly) return;
  const got = /^\w+/.exec(words)?.[0] ?? 'nothing';
  throw new UserError(`sql: expected one SELECT, got ${got}. The store is only read here; nothing was changed.`);
}

function sqlError(error: unknown): unknown {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  const refused =
    code === 'SQLITE_ERROR' || code === 'SQLITE_TOOBIG' || error instanceof RangeError || error instanceof TypeError;
  return refused
    ? new UserError(`sql: ${describeError(error)}.${hintFor(describeError(error))}`, { cause: error })
    : error;
}

function hintFor(message: string): string {
  if (/no such (?:table|column)/.test(message))
    return ' The views are v_runs, v_metrics, v_points, v_params, v_attempts, v_artifacts, v_tags and v_verdicts: see docs/store.md.';
  if (/more than one statement/.test(message)) return ' Ask one at a time.';
  return '';
}

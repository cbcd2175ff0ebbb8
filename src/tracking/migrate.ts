/**
 * Brings a store to the newest schema. The SQL is drizzle-kit's; the store counts what it has seen in `user_version`.
 * drizzle's own migrator is not used: it looks before it locks, so that two processes on a fresh store would collide.
 */
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { packageRoot } from '../core/places.ts';
import { brokenCopy, brokenMigration, foreignStore, newerStore, olderStore } from './store-errors.ts';

/** "bnch": tells our files from other programs' SQLite files. */
const APPLICATION_ID = 0x62_6e_63_68;
/** Read where they were written: the compiler copies no SQL. */
const FOLDER = pathToFileURL(join(packageRoot, 'src/tracking/migrations/'));

/** Throws unless this code can use the store; changes nothing. */
export function checkSchema(database: Database, folder: URL = FOLDER): void {
  database.transaction(() => checkVersion(database, migrationNames(folder).length))();
}

export function migrate(database: Database, folder: URL = FOLDER): void {
  const names = migrationNames(folder);
  const found = schemaVersion(database);
  if (found === names.length) return;
  if (database.readonly || database.memory) throw olderStore(database.name, found, names.length);
  if (found > 0) backUp(database, found);
  applyMissing(database, folder, names);
}

function migrationNames(folder: URL): string[] {
  const journal = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(entry => `${entry.tag}.sql`);
}

function checkVersion(database: Database, known: number): number {
  const found = schemaVersion(database);
  if (found === 0 ? !isEmpty(database) : database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw foreignStore(database.name);
  }
  if (found > known) throw newerStore(database.name, found, known);
  return found;
}

const isEmpty = (database: Database): boolean =>
  database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0;

/** The copy is looked through before it counts. Its place is taken by a rename: it is whole or it is not there. */
function backUp(database: Database, version: number): void {
  const copy = `${database.name}.schema-${version}.backup`;
  const unfinished = `${copy}.${process.pid}`;
  try {
    rmSync(unfinished, { force: true });
    // VACUUM INTO copies a consistent state even while others write, but not over a file that is there.
    database.prepare('VACUUM INTO ?').run(unfinished);
    // If another process has migrated meanwhile, the copy came too late, and that process has made its own.
    if (versionOfCopy(unfinished) === version) keepCopy(unfinished, copy);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function versionOfCopy(path: string): number {
  const copy = new SqliteDatabase(path, { readonly: true });
  try {
    const found = copy.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw brokenCopy(path, String(found));
    return schemaVersion(copy);
  } finally {
    copy.close();
  }
}

function keepCopy(unfinished: string, copy: string): void {
  chmodSync(unfinished, 0o600);
  const fd = openSync(unfinished, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(unfinished, copy);
}

function applyMissing(database: Database, folder: URL, names: readonly string[]): void {
  // SQLite heeds this pragma only outside a transaction, and a rebuilt table breaks keys for a moment.
  database.pragma('foreign_keys = OFF');
  try {
    database.transaction(() => applyInOne(database, folder, names)).immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function applyInOne(database: Database, folder: URL, names: readonly string[]): void {
  // Looked at again under the lock: another process may have been faster.
  const found = checkVersion(database, names.length);
  const brokenBefore = brokenKeys(database);
  for (const name of names.slice(found)) database.exec(readFileSync(new URL(name, folder), 'utf8'));
  const broken = brokenKeys(database) - brokenBefore;
  if (broken > 0) throw brokenMigration(database.name, broken);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${names.length}`);
}

/** Rows without their parent. Those of a damaged store must not bar it from being migrated, and then repaired. */
const brokenKeys = (database: Database): number => (database.pragma('foreign_key_check') as unknown[]).length;

function schemaVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

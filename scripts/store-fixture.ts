/**
 * Writes test/fixtures/store/schema-N.sql: the store that this version makes of the fixture runs, as SQL text. Run it
 * before a release that has a new migration, and commit the file; test/tracking/migrate.test.ts migrates all of them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { encodeFrame, JOURNAL_MAGIC } from '../src/core/journal.ts';
import { packageRoot } from '../src/core/places.ts';
import { Recorder } from '../src/tracking/recorder.ts';
import { openStore } from '../src/tracking/store.ts';
import { FIXTURE_RUNS } from '../test/tracking/fixture-runs.ts';

const target = process.argv[2] ?? join(packageRoot, 'test/fixtures/store');
const workshop = mkdtempSync(join(tmpdir(), 'store-fixture-'));
try {
  const { version, sql } = dump(recordedStore(workshop));
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, `schema-${version}.sql`), sql);
  console.log(`schema-${version}.sql: ${sql.length} characters`);
} finally {
  rmSync(workshop, { recursive: true });
}

function recordedStore(folder: string): string {
  for (const [run, events] of Object.entries(FIXTURE_RUNS)) {
    mkdirSync(join(folder, 'runs', run), { recursive: true });
    const bytes = Buffer.concat([JOURNAL_MAGIC, ...events.map(encodeFrame)]);
    writeFileSync(join(folder, 'runs', run, 'journal'), bytes);
  }
  const path = join(folder, 'store.sqlite');
  const store = openStore(path);
  const { problems } = new Recorder(store, join(folder, 'runs')).ingestAll();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  store.close();
  return path;
}

/** Tables with their rows first, then what stands on them. */
function dump(path: string): { version: number; sql: string } {
  const database = new Database(path, { readonly: true });
  const sqlOf = (types: string) =>
    database.prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN (${types}) ORDER BY type, name`,
    );
  const number = (pragma: string) => database.pragma(pragma, { simple: true }) as number;
  const version = number('user_version');
  const lines = [
    'PRAGMA foreign_keys = OFF;',
    'BEGIN;',
    `PRAGMA application_id = ${number('application_id')};`,
    `PRAGMA user_version = ${version};`,
    ...sqlOf("'table'")
      .all()
      .flatMap(({ name, sql }) => [`${sql};`, ...insertsOf(database, name)]),
    ...sqlOf("'index', 'view', 'trigger'")
      .all()
      .map(({ sql }) => `${sql};`),
    'COMMIT;',
  ];
  return { version, sql: `${lines.join('\n')}\n` };
}

function insertsOf(database: Database.Database, table: string): string[] {
  const columns = database.pragma(`table_info("${table}")`) as { name: string }[];
  const values = columns.map(({ name }) => `quote("${name}")`).join(` || ', ' || `);
  const rows = database.prepare<[], string>(`SELECT ${values} FROM "${table}"`).pluck().all();
  return rows.map(row => `INSERT INTO "${table}" VALUES (${row});`);
}

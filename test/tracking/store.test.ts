import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EXIT, UserError } from '../../src/core/errors.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { packageRoot } from '../../src/core/places.ts';
import { EventRecorder } from '../../src/tracking/event-recorder.ts';
import { migrate } from '../../src/tracking/migrate.ts';
import * as schema from '../../src/tracking/schema.ts';
import { openStore } from '../../src/tracking/store.ts';
import { attempt, finishedRun } from './events.ts';
import { countPoints, ended, newPlace, openAll, startProcess, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';
const MIGRATIONS = join(packageRoot, 'src/tracking/migrations');

/** A store with one recorded run, closed. */
function filledPlace() {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN));
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  store.close();
  return place;
}

function refusal(path: string, options = {}): UserError {
  try {
    openStore(path, options).close();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).not.toContain('\n');
    return error as UserError;
  }
  throw new Error('it was opened');
}

test('creates its folder and file, in write-ahead mode, with every table of the schema', () => {
  const path = join(newPlace().dir, 'a', 'b', 'store.sqlite');
  openStore(path).close();
  const database = new Database(path, { readonly: true });
  onTestFinished(() => database.close() && undefined);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  for (const table of Object.values(schema) as SQLiteTable[]) {
    const { name, columns } = getTableConfig(table);
    const found = database.pragma(`table_info(${name})`) as { name: string; notnull: number }[];
    expect(found.map(column => column.name)).toEqual(columns.map(column => column.name));
    expect(found.map(column => column.notnull === 1)).toEqual(
      columns.map(column => column.notNull || (column.primary && column.getSQLType() !== 'text')),
    );
  }
});

test('blocks, metrics and params keep their WITHOUT ROWID, which is added to the generated SQL by hand', () => {
  const { store } = openAll(newPlace());
  const sql = `SELECT name FROM pragma_table_list WHERE wr = 1 ORDER BY name`;
  expect(store.read(() => store.prepare('PRAGMA user_version', 'pluck').get())).toBeGreaterThan(0);
  expect(store.read(() => store.prepare(sql, 'pluck').all())).toEqual(['metrics', 'params', 'point_blocks']);
});

test('a point costs at most 25 bytes', () => {
  const place = newPlace();
  const { store } = openAll(place);
  const recorder = new EventRecorder(store);
  store.write(() => {
    const run = recorder.runKey(RUN);
    const events = Array.from({ length: 50_000 }, (_, i): JournalEvent => {
      const values = { a: Math.sqrt(i), b: Math.cbrt(i) };
      return { type: 'points', time: 1_700_000_000_000 + 97 * i, step: i, values };
    });
    recorder.record(run, [attempt(RUN, { time: 1_700_000_000_000 }), ...events]);
  });
  store.close();
  expect(statSync(place.storePath).size / 100_000).toBeLessThan(25);
});

describe('an older schema', () => {
  /** Migrations of a later version of ours: one table more. */
  function laterMigrations(dir: string): URL {
    const folder = join(dir, 'migrations');
    cpSync(MIGRATIONS, folder, { recursive: true });
    const journalPath = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(readFileSync(journalPath, 'utf8'));
    journal.entries.push({ ...journal.entries[0], idx: journal.entries.length, tag: '9999_later' });
    writeFileSync(journalPath, JSON.stringify(journal));
    writeFileSync(join(folder, '9999_later.sql'), 'CREATE TABLE `later` (`x` integer);\n--> statement-breakpoint\n');
    return pathToFileURL(`${folder}/`);
  }

  test('is migrated after a copy was made; this version then refuses it as newer', () => {
    const place = filledPlace();
    const database = new Database(place.storePath);
    const version = database.pragma('user_version', { simple: true }) as number;
    migrate(database, laterMigrations(place.dir));
    expect(database.pragma('user_version', { simple: true })).toBe(version + 1);
    expect(database.prepare('SELECT count(*) FROM later').pluck().get()).toBe(0);
    expect(database.prepare('SELECT count(*) FROM points').pluck().get()).toBe(3);
    database.close();
    const before = readFileSync(place.storePath);
    const error = refusal(place.storePath);
    expect(error.message).toMatch(
      new RegExp(`has schema ${version + 1}, this bench knows up to ${version}: a newer bench`),
    );
    expect(error.exitCode).toBe(EXIT.noData);
    expect(readFileSync(place.storePath)).toEqual(before);
    copyFileSync(`${place.storePath}.schema-${version}.backup`, place.storePath);
    expect(countPoints(openAll(place).store)).toBe(3);
  });

  test('is left as it is if a migration fails', () => {
    const place = filledPlace();
    const folder = laterMigrations(place.dir);
    writeFileSync(
      new URL('9999_later.sql', folder),
      'CREATE TABLE `later` (`x` integer); INSERT INTO nowhere VALUES (1);',
    );
    const database = new Database(place.storePath);
    expect(() => migrate(database, folder)).toThrow(/nowhere/);
    expect(database.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'later'").pluck().get()).toBe(0);
    database.close();
    expect(countPoints(openAll(place).store)).toBe(3);
  });

  test('is not migrated by whoever only reads', () => {
    const place = filledPlace();
    const database = new Database(place.storePath, { readonly: true });
    onTestFinished(() => database.close() && undefined);
    expect(() => migrate(database, laterMigrations(place.dir))).toThrow(/was opened for reading only/);
  });
});

test('opened for reading it reads, and neither creates nor writes', () => {
  const place = filledPlace();
  const store = openStore(place.storePath, { readonly: true });
  expect(countPoints(store)).toBe(3);
  expect(() => store.write(() => store.prepare('DELETE FROM point_values').run())).toThrow(
    /readonly database .* must be writable/,
  );
  store.close();
  const nowhere = join(place.dir, 'none', 'store.sqlite');
  expect(refusal(nowhere, { readonly: true }).message).toMatch(/no store at .*none/);
  expect(existsSync(join(place.dir, 'none'))).toBe(false);
});

describe('a file that is no store of ours', () => {
  test.each([
    ['garbage', 'These are not the bytes you are looking for. '.repeat(100)],
    ['short garbage', 'hello'],
  ])('%s is refused and left as it is', (_name, text) => {
    const { storePath } = newPlace();
    writeFileSync(storePath, text);
    const error = refusal(storePath);
    expect(error.message).toMatch(/file is not a database .* `bench repair`: it records all runs again/);
    expect(error.exitCode).toBe(EXIT.noData);
    expect(readFileSync(storePath, 'utf8')).toBe(text);
  });

  test('an empty file becomes a store', () => {
    const { storePath } = newPlace();
    writeFileSync(storePath, '');
    const store = openStore(storePath);
    expect(countPoints(store)).toBe(0);
    store.close();
  });

  test('a truncated store is refused, and moved away it is made again from the journals', () => {
    const place = filledPlace();
    for (const size of [50, 4096, 12_288, statSync(place.storePath).size - 4096]) {
      truncateSync(place.storePath, size);
      expect(refusal(place.storePath).message).toMatch(
        /(malformed|not a database) .* `bench repair`: it records all runs again/,
      );
      expect(statSync(place.storePath).size).toBe(size);
      copyFileSync(place.storePath, `${place.storePath}.moved`);
      spawnSync('rm', [place.storePath]);
      const { store, recorder } = openAll(place);
      expect(recorder.ingestAll().points).toBe(3);
      store.close();
    }
  });

  test("another program's SQLite file is refused and left as it is", () => {
    const { storePath } = newPlace();
    const other = new Database(storePath);
    other.exec('CREATE TABLE mine (x)');
    other.close();
    const before = readFileSync(storePath);
    expect(refusal(storePath).message).toMatch(/is a SQLite file of another program/);
    expect(readFileSync(storePath)).toEqual(before);
  });

  test('a folder in its place, or a file in the place of its folder, is refused', () => {
    const { dir, storePath } = newPlace();
    mkdirSync(storePath);
    expect(refusal(storePath).message).toMatch(/must be writable/);
    writeFileSync(join(dir, 'file'), '');
    expect(refusal(join(dir, 'file', 'store.sqlite')).message).toMatch(/must be writable/);
  });
});

test('a folder that may not be written is refused in one line', async () => {
  const place = filledPlace();
  chmodSync(place.storePath, 0o444);
  chmodSync(place.dir, 0o555);
  onTestFinished(() => chmodSync(place.dir, 0o755));
  // The superuser may write anywhere, so this process gives its rights up first.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { stdout, stderr } = await ended(startProcess('open', [place.storePath], uid));
  expect(stdout + stderr).toMatch(
    /^refused: store .*store.sqlite: .* must be writable: mend that, or set BENCH_DIR.*\n$/,
  );
});

test('a store that another process keeps locked is refused after some seconds', { timeout: 20_000 }, () => {
  const place = filledPlace();
  const { store, recorder } = openAll(place);
  const other = new Database(place.storePath);
  onTestFinished(() => other.close() && undefined);
  other.exec('BEGIN IMMEDIATE');
  writeJournal(place, 'b00000000000', finishedRun('b00000000000', { seed: 2 }));
  const startedAt = performance.now();
  expect(() => recorder.ingestAll()).toThrow(/database is locked .* Another process has kept it locked for 5 s/);
  expect(performance.now() - startedAt).toBeGreaterThan(4000);
  other.exec('ROLLBACK');
  expect(recorder.ingestAll().points).toBe(3);
  expect(countPoints(store)).toBe(6);
});

test('processes that open a fresh store at the same moment all succeed', { timeout: 60_000 }, async () => {
  const { dir } = newPlace();
  const startsAtMs = Date.now() + 2000;
  const args = [dir, String(startsAtMs), '50'];
  const results = await Promise.all([1, 2, 3, 4].map(() => ended(startProcess('open-at-once', args))));
  expect(results.map(({ stdout, stderr }) => stdout + stderr)).toEqual(Array(4).fill('opened 50\n'));
});

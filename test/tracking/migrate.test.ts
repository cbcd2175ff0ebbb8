/** Every schema that ever was, with data in it, becomes the newest one with the same data. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/core/places.ts';
import { checkStore } from '../../src/tracking/check.ts';
import { migrate } from '../../src/tracking/migrate.ts';
import { curves, findRun, provenanceOf } from '../../src/tracking/queries.ts';
import { openStore, type Store } from '../../src/tracking/store.ts';
import { FIXTURE_RUNS } from './fixture-runs.ts';
import { ended, newPlace, openAll, type Place, startProcess, writeJournal } from './journals.ts';

const FIXTURES = join(packageRoot, 'test/fixtures/store');
const MIGRATIONS = join(packageRoot, 'src/tracking/migrations');
const released = readdirSync(FIXTURES)
  .map(name => Number(/^schema-(\d+)\.sql$/.exec(name)?.[1]))
  .sort((a, b) => a - b);
const newest = readdirSync(MIGRATIONS).filter(name => name.endsWith('.sql')).length;
const versions = Array.from({ length: newest }, (_, i) => i + 1);

/** As a released version wrote it; those between two releases are reached from the one before. */
function oldStore(path: string, version: number): void {
  const start = released.findLast(one => one <= version) as number;
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec(readFileSync(join(FIXTURES, `schema-${start}.sql`), 'utf8'));
  if (start < version) migrate(database, migrationsUpTo(version, dirname(path)));
  database.close();
}

function migrationsUpTo(version: number, dir: string): URL {
  const folder = join(dir, `migrations-${version}`);
  cpSync(MIGRATIONS, folder, { recursive: true });
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] };
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, version) }));
  return pathToFileURL(`${folder}/`);
}

function writeFixtureJournals(place: Place): void {
  for (const [run, events] of Object.entries(FIXTURE_RUNS)) writeJournal(place, run, events);
}

/** What a user can tell two stores apart by. The whole cell is left out: later versions say more in it. */
function contents(store: Store): unknown {
  const all = (sql: string) => store.read(() => store.prepare(sql).all());
  return {
    runs: all('SELECT id, started_at, journal_offset, journal_anchor FROM runs ORDER BY id'),
    cells: all('SELECT experiment, tier, arm, levels, seed, steps, identity FROM cells ORDER BY seed'),
    attempts: all('SELECT * FROM attempts ORDER BY run, attempt'),
    metrics: all('SELECT * FROM metrics ORDER BY run, metric'),
    points: all('SELECT * FROM points ORDER BY run, metric, step'),
    blocks: all('SELECT * FROM point_blocks ORDER BY run, metric, block'),
    artifacts: all('SELECT * FROM artifacts'),
    provenance: all('SELECT * FROM provenance ORDER BY key'),
  };
}

function structure(store: Store): unknown {
  const sql = `SELECT m.type, m.name, group_concat(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk, ', ') AS columns
    FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c GROUP BY m.type, m.name ORDER BY m.type, m.name`;
  return store.read(() => store.prepare(sql).all());
}

test('the first schema is among the fixtures', () => {
  expect(released).toContain(1);
});

describe.each(versions)('schema %i', version => {
  test('becomes the newest, with all that it held, and a copy of it is kept', () => {
    const place = newPlace();
    oldStore(place.storePath, version);
    const migrated = openAll(place).store;
    const freshPlace = newPlace();
    writeFixtureJournals(freshPlace);
    const fresh = openAll(freshPlace);
    fresh.recorder.ingestAll();

    expect(structure(migrated)).toEqual(structure(fresh.store));
    expect(contents(migrated)).toEqual(contents(fresh.store));
    const whole = migrated.read(() => migrated.prepare('PRAGMA integrity_check', 'pluck').all());
    expect(whole).toEqual(['ok']);
    expect(migrated.read(() => migrated.prepare('PRAGMA user_version', 'pluck').get())).toBe(newest);
    if (newest === version) return;
    const copy = new Database(`${place.storePath}.schema-${version}.backup`, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(version);
    expect(copy.prepare('SELECT count(*) FROM points').pluck().get()).toBe(706);
    copy.close();
    expect(statSync(`${place.storePath}.schema-${version}.backup`).mode & 0o777).toBe(0o600);
  });

  test('is read as before: states, odd numbers, provenance', () => {
    const place = newPlace();
    oldStore(place.storePath, version);
    const { store } = openAll(place);
    expect(findRun(store, 'a00000000001')).toMatchObject({
      state: 'finished',
      attempts: 2,
      metrics: { 'test.top1': 0.125, 'test.loss': Number.NEGATIVE_INFINITY },
    });
    expect(findRun(store, 'a00000000002').arm).toBe("O'Brien \u202e<script>");
    const [curve] = curves(store, { runs: ['a00000000001'] });
    expect(curve?.points).toHaveLength(704);
    expect(curve?.points[3]).toEqual([4, Number.NaN]);
    expect(provenanceOf(store, ['a00000000001']).get('a00000000001')?.code.commit).toBe('c0ffee');
  });

  test('has nothing to record again from the journals that it was made of', () => {
    const place = newPlace();
    oldStore(place.storePath, version);
    writeFixtureJournals(place);
    const { store, recorder } = openAll(place);
    const before = contents(store);
    expect(recorder.ingestAll()).toMatchObject({ events: 0, points: 0, problems: [] });
    expect(contents(store)).toEqual(before);
  });

  test('agrees with its journals, point by point', () => {
    const place = newPlace();
    oldStore(place.storePath, version);
    writeFixtureJournals(place);
    openAll(place).recorder.ingestAll();
    const places = { storePath: place.storePath, runsDir: place.runs, artifactsDir: join(place.dir, 'artifacts') };
    const { compared, findings } = checkStore(places, () => {});
    expect(compared).toBe(3);
    // The fixture's artifact was never a file.
    expect(findings.filter(finding => finding.fault).map(finding => finding.kind)).toEqual(['checksum']);
  });
});

test('processes that migrate the same stores at the same moment all succeed, and each copy is what its name says', async () => {
  const { dir } = newPlace();
  const stores = Array.from({ length: 20 }, (_, i) => join(dir, `${i}.sqlite`));
  for (const path of stores) oldStore(path, 1);
  const args = [dir, String(Date.now() + 2000), String(stores.length)];
  const results = await Promise.all([1, 2, 3].map(() => ended(startProcess('open-at-once', args))));
  expect(results.map(({ stdout, stderr }) => stdout + stderr)).toEqual(Array(3).fill(`opened ${stores.length}\n`));
  for (const path of stores) {
    const copy = new Database(`${path}.schema-1.backup`, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    copy.close();
    const store = openStore(path);
    expect(store.read(() => store.prepare('SELECT count(*) FROM points', 'pluck').get())).toBe(706);
    store.close();
  }
  expect(readdirSync(dir).filter(name => /backup\.\d+/.test(name))).toEqual([]);
}, 60_000);

test('a migration that cannot be backed up first does not happen', () => {
  const place = newPlace();
  oldStore(place.storePath, 1);
  mkdirSync(`${place.storePath}.schema-1.backup`);
  expect(() => openStore(place.storePath)).toThrow(/schema-1\.backup/);
  const database = new Database(place.storePath, { readonly: true });
  expect(database.pragma('user_version', { simple: true })).toBe(1);
  database.close();
  expect(existsSync(`${place.storePath}.schema-1.backup.${process.pid}`)).toBe(false);
});

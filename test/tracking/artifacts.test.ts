import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type KeptArtifact, keepArtifact } from '../../src/core/artifact-store.ts';
import { sha256 } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { artifactsOf, collectGarbage, curate, extractArtifacts, planGc } from '../../src/tracking/queries.ts';
import type { Store } from '../../src/tracking/store.ts';
import { finishedRun } from './events.ts';
import { newPlace, openAll, type Place, writeJournal } from './journals.ts';

const kept = (place: Place): string => join(place.dir, 'artifacts');
const keep = (place: Place, run: string, name: string, content: string | Uint8Array): KeptArtifact =>
  keepArtifact(join(place.runs, run), name, content, kept(place));
const event = (artifact: KeptArtifact): JournalEvent => ({ type: 'artifact', time: 1, ...artifact });

function recorded(place: Place, runs: Record<string, readonly KeptArtifact[]>): Store {
  Object.entries(runs).forEach(([run, artifacts], i) => {
    writeJournal(place, run, finishedRun(run, { seed: i + 1 }, ...artifacts.map(event)));
  });
  const { store, recorder } = openAll(place);
  expect(recorder.ingestAll().problems).toEqual([]);
  return store;
}

test('equal content is kept once, under its checksum, and every run’s folder has it under its own name', () => {
  const place = newPlace();
  const first = keep(place, 'a1', 'plots/loss.png', Buffer.from('picture'));
  const source = join(place.dir, 'source');
  writeFileSync(source, 'picture');
  const second = keep(place, 'a2', 'other.png', source);
  expect(first).toEqual({
    name: 'plots/loss.png',
    path: 'artifacts/plots/loss.png',
    sha256: sha256('picture'),
    bytes: 7,
  });
  expect(second).toMatchObject({ sha256: first.sha256, path: 'artifacts/other.png' });
  expect(readdirSync(kept(place))).toEqual([first.sha256]);
  const inode = (path: string): number => statSync(path).ino;
  expect(inode(join(place.runs, 'a1', first.path))).toBe(inode(join(kept(place), first.sha256)));
  expect(inode(join(place.runs, 'a2', second.path))).toBe(inode(join(kept(place), first.sha256)));
  writeFileSync(source, 'changed');
  expect(readFileSync(join(place.runs, 'a2', second.path), 'utf8')).toBe('picture');
  expect(keep(place, 'a1', 'plots/loss.png', source).sha256).toBe(sha256('changed'));
  expect(readFileSync(join(place.runs, 'a1', first.path), 'utf8')).toBe('changed');
});

test('a file of many pieces, and an empty one', () => {
  const place = newPlace();
  const bytes = Buffer.alloc(3_000_001, 'abc');
  const path = join(place.dir, 'big');
  writeFileSync(path, bytes);
  expect(keep(place, 'a1', 'big', path)).toMatchObject({ sha256: sha256(bytes), bytes: 3_000_001 });
  expect(keep(place, 'a1', 'empty', new Uint8Array())).toMatchObject({ sha256: sha256(''), bytes: 0 });
});

test.each(['../out', '/etc/passwd', 'a/../../b', 'a//b', '', '.hidden', 'nul\u0000', 'a\\b', 'con'])(
  'the name %j is refused, and nothing is kept',
  name => {
    const place = newPlace();
    mkdirSync(join(place.runs, 'a1'), { recursive: true });
    expect(() => keep(place, 'a1', name, Buffer.from('x'))).toThrow(/^artifact .* is refused: /);
    expect(existsSync(kept(place))).toBe(false);
  },
);

test('what cannot be read is told in one line and leaves nothing behind', () => {
  const place = newPlace();
  expect(() => keep(place, 'a1', 'x', join(place.dir, 'none'))).toThrow(/^artifact "x" cannot be kept: ENOENT/);
  expect(readdirSync(kept(place))).toEqual([]);
});

describe('extracting', () => {
  test('gives checked copies under their names', () => {
    const place = newPlace();
    const store = recorded(place, {
      a1: [keep(place, 'a1', 'b/x', Buffer.from('one')), keep(place, 'a1', 'a', Buffer.from('two'))],
    });
    const target = join(place.dir, 'out');
    const artifacts = artifactsOf(store, 'a1');
    expect(artifacts.map(({ name, file }) => [name, file])).toEqual([
      ['a', join(kept(place), sha256('two'))],
      ['b/x', join(kept(place), sha256('one'))],
    ]);
    expect(extractArtifacts(artifacts, target)).toEqual([join(target, 'a'), join(target, 'b/x')]);
    expect(readFileSync(join(target, 'b/x'), 'utf8')).toBe('one');
    expect(() => extractArtifacts(artifacts, target)).toThrow(
      /^artifact "a" cannot be extracted: .*out\/a is there already/,
    );
  });

  test('finds them in the run’s folder where the kept file is missing, and says when they are gone or damaged', () => {
    const place = newPlace();
    const artifact = keep(place, 'a1', 'x', Buffer.from('one'));
    const store = recorded(place, { a1: [artifact] });
    const ours = join(place.runs, 'a1', artifact.path);
    rmSync(join(kept(place), artifact.sha256));
    expect(artifactsOf(store, 'a1')[0]?.file).toBe(ours);
    rmSync(ours);
    expect(() => extractArtifacts(artifactsOf(store, 'a1'), join(place.dir, 'out'))).toThrow(/its file is gone/);
    writeFileSync(join(kept(place), artifact.sha256), 'another');
    expect(() => extractArtifacts(artifactsOf(store, 'a1'), join(place.dir, 'out'))).toThrow(
      /does not have the checksum/,
    );
    expect(readdirSync(join(place.dir, 'out'))).toEqual([]);
  });

  test('a hostile store reaches nothing outside: neither by path, nor by checksum, nor by name, nor by a link', () => {
    const place = newPlace();
    writeFileSync(join(place.dir, 'secret'), 'secret');
    mkdirSync(join(place.runs, 'a1'), { recursive: true });
    symlinkSync(join(place.dir, 'secret'), join(place.runs, 'a1', 'link'));
    const store = recorded(place, { a1: [] });
    const insert = 'INSERT INTO artifacts (run, name, path, sha256, bytes, time) VALUES (1, ?, ?, ?, 6, 1)';
    const hash = sha256('secret');
    for (const row of [
      ['a', '../../secret', hash],
      ['b', 'b', '../secret'],
      ['c', 'link', hash],
      ['../d', 'journal', hash],
    ]) {
      store.write(() => store.prepare(insert).run(...row));
    }
    const artifacts = artifactsOf(store, 'a1');
    expect(artifacts.filter(({ file }) => file !== null).map(({ name }) => name)).toEqual(['../d']);
    for (const artifact of artifacts)
      expect(() => extractArtifacts([artifact], join(place.dir, 'out'))).toThrow(/^artifact /);
    expect(existsSync(join(place.dir, 'd'))).toBe(false);
  });
});

test('gc removes what no run refers to, once it is an hour old, and what only deleted runs had', () => {
  const place = newPlace();
  const shared = [
    keep(place, 'a1', 'shared', Buffer.from('shared')),
    keep(place, 'a2', 'shared', Buffer.from('shared')),
  ];
  const own = keep(place, 'a1', 'own', Buffer.from('own'));
  const linked = keep(place, 'a2', 'linked', Buffer.from('not in a journal yet'));
  const stray = join(kept(place), sha256('stray'));
  const unfinished = join(kept(place), '1-abc.new');
  for (const path of [stray, unfinished]) writeFileSync(path, 'stray');
  const store = recorded(place, { a1: [shared[0] as KeptArtifact, own], a2: [shared[1] as KeptArtifact] });
  const options = { runsDir: place.runs, artifactsDir: kept(place) };
  const going = (nowMs?: number) =>
    planGc(store, options, nowMs)
      .artifacts.map(one => one.file)
      .sort();
  expect(going()).toEqual([]);
  const later = Date.now() + 2 * 3600_000;
  expect(going(later)).toEqual([stray, unfinished].sort());
  curate(store, ['a1'], { action: 'delete' });
  expect(going(later)).toEqual([stray, unfinished, join(kept(place), own.sha256)].sort());
  const old = new Date(Date.now() - 2 * 3600_000);
  for (const name of readdirSync(kept(place))) utimesSync(join(kept(place), name), old, old);
  collectGarbage(store, planGc(store, options));
  expect(readdirSync(kept(place)).sort()).toEqual([shared[0]?.sha256, linked.sha256].sort());
});

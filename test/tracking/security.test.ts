/** What a stranger may have put into a journal, and what must not be found in what we write. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Json } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import type { ExperimentResults } from '../../src/core/results.ts';
import type { Binding } from '../../src/engine/backend.ts';
import { provenanceSection } from '../../src/report/sections/provenance.ts';
import { checkoutProvenance } from '../../src/runner/checkout.ts';
import { openJournal } from '../../src/runner/journal-writer.ts';
import { workerProvenance } from '../../src/runner/provenance.ts';
import { createRun } from '../../src/runner/run-folder.ts';
import { findRun, listRuns, provenanceOf, runDetail } from '../../src/tracking/queries.ts';
import { openStore } from '../../src/tracking/store.ts';
import { Repository } from '../git-repository.ts';
import { newFolder } from '../new-folder.ts';
import { shapedSecrets } from '../secrets.ts';
import { attempt, cellEvent, end, finishedRun, makeCell } from './events.ts';
import { ended, newPlace, openAll, type Place, startProcess, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';
/** A title, a link, a colour, C1, right-to-left, an isolate, zero width, a tag in HTML, a bell. */
const NASTY = '\u001b]0;evil\u0007\u001b[31m\u009b1m\u202etxt.exe\u2066\u200b<script>alert(1)</script>\r';
/** What must not reach a terminal. */
const UNSAFE = /[^\n\P{Cc}]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;

const bench = (place: Place, args: readonly string[], options: { uid?: number } = {}) =>
  ended(startProcess('../../../src/cli/main', args, { env: { BENCH_DIR: place.dir }, ...options }));

function nastyPlace(): Place {
  const place = newPlace();
  const cell = { experiment: `e${NASTY}`, arm: `a${NASTY}`, levels: { [NASTY]: NASTY } };
  const stated: JournalEvent = { type: 'provenance', time: 1, provenance: { [NASTY]: { [NASTY]: NASTY } } };
  writeJournal(place, RUN, [
    attempt(RUN, { host: NASTY }),
    cellEvent(cell),
    stated,
    { type: 'points', time: 2, step: 1, values: { [`m${NASTY}`]: 1 } },
    { type: 'metric', time: 2, name: `f${NASTY}`, value: 2 },
    end('failed', { reason: `because${NASTY}\nof that` }),
  ]);
  writeJournal(place, 'b00000000002', finishedRun('b00000000002'));
  mkdirSync(join(place.runs, `stray${NASTY.replaceAll('/', '')}`));
  return place;
}

describe('names that talk to the terminal', () => {
  test.each([
    ['list'],
    ['list', `x${NASTY}`],
    ['show', RUN],
    ['show', RUN, '--provenance'],
    ['show', `e${NASTY}`],
    ['show', `no such${NASTY}`],
    ['diff', RUN, 'b0'],
    ['check'],
    [`command${NASTY}`],
    ['list', `--option${NASTY}`],
  ])('bench %j prints them as numbers', async (...args) => {
    const { stdout, stderr } = await bench(nastyPlace(), args);
    expect(stdout + stderr).not.toBe('');
    expect(stdout).not.toMatch(UNSAFE);
    expect(stderr).not.toMatch(UNSAFE);
  });

  test('the numbers can be read', async () => {
    const { stdout } = await bench(nastyPlace(), ['list']);
    expect(stdout).toContain(
      'a\\x1b]0;evil\\x07\\x1b[31m\\x9b1m\\u202etxt.exe\\u2066\\u200b<script>alert(1)</script>\\x0d',
    );
  });

  test('JSON says them exactly, in letters that no terminal obeys', async () => {
    const { stdout } = await bench(nastyPlace(), ['show', RUN, '--json']);
    expect(stdout).not.toMatch(UNSAFE);
    expect(JSON.parse(stdout)).toMatchObject({ experiment: `e${NASTY}`, arm: `a${NASTY}`, levels: { [NASTY]: NASTY } });
  });

  test('a page escapes them', () => {
    const provenance = {
      code: { commit: null },
      data: {},
      tensorflow: {},
      machine: {},
      execution: {},
      x: { [NASTY]: NASTY },
    };
    const page = provenanceSection({ provenance, differences: [] } as unknown as ExperimentResults);
    expect(page?.text).not.toMatch(/<script/i);
    expect(page?.text).toContain('&lt;script&gt;');
    expect(page?.text).toContain('\\u202etxt.exe');
    expect(page?.text).not.toMatch(UNSAFE);
  });
});

describe('journals from elsewhere', () => {
  test.each(['../../evil', '/etc/evil', '..', 'a/b', 'a\0b', 'CON', ''])('no run is called %j', name => {
    const place = newPlace();
    writeJournal(place, 'folder', finishedRun(name));
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll().problems).toEqual([expect.stringMatching(/expected an "attempt" event that names/)]);
    expect(listRuns(store)).toEqual([]);
  });

  test.each(['../../../etc/passwd', '/etc/passwd', 'a/../../x', 'C:\\x', 'a\0', 'nul'])(
    'no artifact lies at %j',
    path => {
      const place = newPlace();
      const artifact: JournalEvent = { type: 'artifact', time: 1, name: 'a', path, sha256: 'a'.repeat(64), bytes: 1 };
      writeJournal(place, RUN, finishedRun(RUN, {}, artifact));
      const { store, recorder } = openAll(place);
      expect(recorder.ingestAll().problems).toEqual([
        expect.stringMatching(/"artifact" was left out: expected its "path"/),
      ]);
      expect(runDetail(store, RUN).artifacts).toEqual([]);
    },
  );

  test('names of properties of all objects are names like others', () => {
    const place = newPlace();
    const stated = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}') as Json;
    const values = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}') as Record<string, number>;
    writeJournal(place, RUN, [
      attempt(RUN),
      cellEvent(),
      { type: 'provenance', time: 1, provenance: stated },
      { type: 'points', time: 2, step: 1, values },
      { type: 'metric', time: 2, name: '__proto__', value: 5 },
      end(),
    ]);
    const { store, recorder } = openAll(place);
    expect(recorder.ingestAll().problems).toEqual([]);
    runDetail(store, RUN);
    provenanceOf(store, [RUN]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(findRun(store, RUN).state).toBe('finished');
  });
});

test('no planted secret is in journal, spec, store, page or terminal', async () => {
  const planted = fc.sample(fc.tuple(...Object.values(shapedSecrets)), { numRuns: 2, seed: 3 }).flat();
  const named = 'correcthorsebattery';
  const repository = new Repository({ 'src/a.ts': 'a\n' });
  repository.write({
    'src/a.ts': planted.map(word => `'${word}'\n`).join(''),
    'src/b.env.ts': `PASSWORD='${named}'\n`,
  });
  vi.stubEnv('BENCH_TOKEN', named);
  vi.stubEnv('TF_NOTE', planted.join(' '));
  vi.stubEnv('BENCH_MIRROR', `https://me:${named}@example.org`);
  onTestFinished(() => void vi.unstubAllEnvs());

  const place = newPlace();
  const cell = makeCell();
  const code = { ...checkoutProvenance(repository.folder), codeHash: 'x' };
  const command = `bench run x --set apiKey=${named} --note ${planted[3]}`;
  const spec = createRun({ cell, code, command: 'bench run x' }, place.runs);
  const provenance = workerProvenance({ ...spec, command }, { TF_Version: '2.21.0' } as Binding);
  writeJournal(
    place,
    spec.run,
    finishedRun(spec.run, {}, { type: 'provenance', time: 1, provenance: provenance as unknown as Json }),
  );
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const page = provenanceSection({ provenance, differences: [] } as unknown as ExperimentResults)?.text ?? '';
  const { stdout } = await bench(place, ['show', spec.run, '--provenance']);
  expect(stdout).toContain('[redacted]');
  store.close();
  const files = readdirSync(place.dir, { recursive: true, encoding: 'utf8' }).map(name => join(place.dir, name));
  const texts = files.filter(path => statSync(path).isFile()).map(path => readFileSync(path, 'latin1'));
  expect(texts.length).toBeGreaterThanOrEqual(3);
  for (const text of [...texts, page, stdout]) {
    for (const secret of [...planted, named]) expect(text.includes(secret)).toBe(false);
  }
});

test('folders and files are their owner’s alone, whatever the umask', () => {
  const folder = newFolder();
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  const bench = join(folder, '.bench');
  const run = createRun({ cell: makeCell(), code: {} as never, command: 'x' }, join(bench, 'runs'));
  openJournal(join(run.folder, 'journal')).close();
  const store = openStore(join(bench, 'store.sqlite'));
  store.write(() => store.prepare("INSERT INTO metric_names (name) VALUES ('x')").run());
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(paths.sort()).toEqual(
    expect.arrayContaining(['.bench', '.bench/store.sqlite', '.bench/store.sqlite-wal', '.bench/store.sqlite-shm']),
  );
  for (const path of paths) expect(`${path} ${statSync(join(folder, path)).mode & 0o077}`).toBe(`${path} 0`);
  store.close();
});

test('a store of somebody else that may be read is shown, with or without its companions, and not changed', async () => {
  const place = nastyPlace();
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const readable = () => {
    for (const name of readdirSync(place.dir)) if (name.startsWith('store')) chmodSync(join(place.dir, name), 0o644);
    chmodSync(place.dir, 0o755);
  };
  // The superuser may write anywhere, so the process gives its rights up.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const list = async () => {
    readable();
    if (process.getuid?.() !== 0) chmodSync(place.dir, 0o555);
    const { stdout, stderr, code } = await bench(place, ['list', '--json'], uid);
    chmodSync(place.dir, 0o755);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toHaveLength(2);
    return stderr;
  };
  expect(existsSync(`${place.storePath}-wal`)).toBe(true);
  await list();
  store.close();
  expect(existsSync(`${place.storePath}-wal`)).toBe(false);
  const before = readFileSync(place.storePath);
  expect(await list()).toMatch(/^bench: the store may only be read: shown as it was recorded last\.$/m);
  expect(readFileSync(place.storePath)).toEqual(before);
});

/** bench check, backup and repair through the real command line, on stores that are damaged in each way. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { predictionsPath } from '../../src/core/predictions.ts';
import type { ClaimVerdict } from '../../src/core/results.ts';
import { curate, findRun, lastVerdicts, saveVerdicts } from '../../src/tracking/queries.ts';
import { finishedRun, point } from './events.ts';
import {
  appendEvents,
  bench,
  contents,
  countPoints,
  journalPath,
  newPlace,
  openAll,
  type Place,
  writeJournal,
} from './journals.ts';

const RUN = 'abc123abc123';
const OTHER = 'abc123abc124';
const SCOPE = { experiment: 'degradation-34', tier: 'quick', specHash: 'spec-1' } as const;

interface Report {
  ok: boolean;
  compared: number;
  files: number;
  findings: { kind: string; fault: boolean; subject: string; problem: string }[];
}

async function check(place: Place, ...args: string[]): Promise<Report & { code: number | null }> {
  const { code, stdout, stderr } = await bench(place, 'check', '--json', ...args);
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as Report), code };
}

const artifact = (path: string, content: string): JournalEvent => ({
  type: 'artifact',
  time: 1,
  name: 'plot',
  path,
  sha256: sha256(content),
  bytes: content.length,
});

/** Two recorded runs, one with an artifact, and a verdict, which no journal holds. */
function filledPlace(): Place {
  const place = newPlace();
  writeJournal(place, RUN, finishedRun(RUN, {}, artifact('plot.svg', 'drawn')));
  writeJournal(place, OTHER, finishedRun(OTHER, { seed: 2 }, point(4, 'NaN'), point(5, 'Infinity')));
  writeFileSync(join(place.runs, RUN, 'plot.svg'), 'drawn');
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const verdict = { claim: { id: 'c' }, outcome: 'inconclusive', sentence: 'Not decided.', effect: 0 };
  saveVerdicts(store, SCOPE, [verdict as unknown as ClaimVerdict]);
  store.close();
  chmodSync(place.dir, 0o700);
  return place;
}

function recorded(place: Place): Record<string, unknown[]> {
  const { store } = openAll(place);
  try {
    return contents(store);
  } finally {
    store.close();
  }
}

function withDatabase(path: string, action: (database: Database.Database) => void): void {
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  action(database);
  database.close();
}

describe('bench check', () => {
  test('finds nothing where all is well, changes nothing, and says how much it looked at', async () => {
    const place = filledPlace();
    const before = readFileSync(place.storePath);
    expect(await check(place)).toMatchObject({ code: 0, ok: true, compared: 2, files: 1, findings: [] });
    expect(readFileSync(place.storePath)).toEqual(before);
    expect(readdirSync(place.dir).filter(name => name.startsWith('.check'))).toEqual([]);
    const { stdout, code } = await bench(place, 'check');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^no fault found: 2 runs, 8 points; 2 runs compared .*, 1 files/);
  });

  const damages: [what: string, kind: string, problem: RegExp, damage: (place: Place) => void][] = [
    [
      'a value that is not the journal’s',
      'mismatch',
      /train\.loss at step 2: the store has 0\.50*1 .*, the journal says 0\.5 /,
      ({ storePath }) =>
        withDatabase(storePath, db => db.exec('UPDATE point_values SET value = value + 1e-9 WHERE at % 16777216 = 2')),
    ],
    [
      'a point that is missing',
      'mismatch',
      /train\.loss at step 4: the store has no such point, the journal says NaN/,
      ({ storePath }) => withDatabase(storePath, db => db.exec('DELETE FROM point_values WHERE at % 16777216 = 4')),
    ],
    [
      'another end than the journal’s',
      'mismatch',
      /attempts/,
      ({ storePath }) => withDatabase(storePath, db => db.exec("UPDATE attempts SET end_state = 'failed'")),
    ],
    [
      'points without their run',
      'reference',
      /rows without their parent/,
      ({ storePath }) =>
        withDatabase(storePath, db => db.exec('INSERT INTO point_values VALUES (99 * 16777216 + 1, 1, 1)')),
    ],
    [
      'a figure without its run',
      'reference',
      /rows without their parent in runs/,
      ({ storePath }) => withDatabase(storePath, db => db.exec('INSERT INTO metrics VALUES (99, 1, 1, 1)')),
    ],
    [
      'an artifact of other bytes',
      'checksum',
      /do not match the recorded checksum/,
      ({ runs }) => writeFileSync(join(runs, RUN, 'plot.svg'), 'drawm'),
    ],
    [
      'an artifact of another length',
      'checksum',
      /expected 5 bytes, got 6/,
      ({ runs }) => appendFileSync(join(runs, RUN, 'plot.svg'), '!'),
    ],
    ['an artifact that is gone', 'checksum', /no such file/, ({ runs }) => rmSync(join(runs, RUN, 'plot.svg'))],
    [
      'an artifact that is a link out of the folder',
      'checksum',
      /leads out of its folder/,
      ({ runs, dir }) => {
        rmSync(join(runs, RUN, 'plot.svg'));
        writeFileSync(join(dir, 'outside'), 'drawn');
        symlinkSync(join(dir, 'outside'), join(runs, RUN, 'plot.svg'));
      },
    ],
    [
      'predictions that were altered',
      'checksum',
      /predictions/,
      ({ runs }) => {
        const path = predictionsPath(join(runs, RUN), 'single-crop');
        mkdirSync(dirname(path));
        writeFileSync(path, 'no predictions');
      },
    ],
    [
      'a checkpoint that was cut',
      'checksum',
      /last\.checkpoint|expected/,
      ({ runs }) => writeFileSync(join(runs, RUN, 'last.checkpoint'), 'short'),
    ],
    [
      'a content that is not what its name says',
      'checksum',
      /its content has the checksum/,
      ({ dir }) => {
        mkdirSync(join(dir, 'artifacts'));
        writeFileSync(join(dir, 'artifacts', sha256('a')), 'b');
      },
    ],
    [
      'a journal that was cut',
      'mismatch',
      /bytes less than were recorded/,
      place => truncateSync(journalPath(place, RUN), statSync(journalPath(place, RUN)).size - 5),
    ],
    [
      'a journal that is gone',
      'journal',
      /journal it is gone: of run abc123abc123 what is recorded is all that is left/,
      place => rmSync(journalPath(place, RUN)),
    ],
    [
      'a journal with a flipped bit',
      'journal',
      /damaged at byte/,
      place => {
        const bytes = readFileSync(journalPath(place, RUN));
        bytes[300] = (bytes[300] as number) ^ 1;
        writeFileSync(journalPath(place, RUN), bytes);
      },
    ],
  ];
  test.each(damages)('%s', async (_what, kind, problem, damage) => {
    const place = filledPlace();
    damage(place);
    const { code, ok, findings } = await check(place);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const faults = findings.filter(finding => finding.fault);
    expect(faults.map(finding => finding.kind)).toContain(kind);
    expect(faults.map(({ subject, problem }) => `${subject} ${problem}`).join('\n')).toMatch(problem);
  });

  test('notes, which are no faults: what is not recorded yet, folders that are gone or strange, a store for all to read', async () => {
    const place = filledPlace();
    appendEvents(journalPath(place, OTHER), point(11));
    rmSync(join(place.runs, RUN), { recursive: true });
    mkdirSync(join(place.runs, 'notes'));
    chmodSync(place.dir, 0o755);
    chmodSync(place.storePath, 0o644);
    const { code, findings } = await check(place);
    expect(code).toBe(0);
    expect(findings.map(({ kind, fault }) => [kind, fault])).toEqual([
      ['orphan', false],
      ['orphan', false],
      ['private', false],
      ['mismatch', false],
    ]);
    const { stdout } = await bench(place, 'check');
    expect(stdout).toMatch(/^note \(orphan\) {2}abc123abc123: its folder is gone/m);
  });

  test('quick: only what the store says of itself', async () => {
    const place = filledPlace();
    rmSync(join(place.runs, RUN, 'plot.svg'));
    expect(await check(place, '--quick')).toMatchObject({ code: 0, compared: 0, files: 0 });
  });

  test('pages of a store that were overwritten', async () => {
    const place = filledPlace();
    const bytes = readFileSync(place.storePath);
    bytes.fill(0xa5, 4096 * 3, 4096 * 6);
    writeFileSync(place.storePath, bytes);
    const { code, findings } = await check(place);
    expect(code).toBe(1);
    expect(findings.some(finding => finding.kind === 'damage')).toBe(true);
  });

  test('where there is no store it says so', async () => {
    const { code, stderr } = await bench(newPlace(), 'check');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^bench: no store at .*\n$/);
  });
});

describe('bench backup', () => {
  test('copies the store while it is written, checks the copy, and keeps it private', async () => {
    const place = filledPlace();
    const { store, recorder } = openAll(place);
    curate(store, [RUN], { action: 'note', text: 'keep this' });
    const target = join(place.dir, 'copies', 'mine.sqlite');
    const { code, stdout } = await bench(place, 'backup', target, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ path: target, runs: 2, points: 8 });
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(place.dir, 'copies'))).toEqual(['mine.sqlite', 'mine.sqlite.curation.jsonl']);
    expect(readFileSync(`${target}.curation.jsonl`)).toEqual(readFileSync(join(place.dir, 'curation.jsonl')));
    expect(statSync(`${target}.curation.jsonl`).mode & 0o777).toBe(0o600);
    recorder.ingestAll();
    const before = contents(store);
    store.close();
    copyFileSync(target, place.storePath);
    expect(contents(openAll(place).store)).toEqual(before);
  });

  test('has a place of its own, and does not overwrite', async () => {
    const place = filledPlace();
    expect((await bench(place, 'backup')).stdout).toMatch(
      /backups\/store-.*\.sqlite: \d+ bytes, 2 runs, 8 points; checked/,
    );
    const { code, stderr } = await bench(place, 'backup', place.storePath);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is there already\. Nothing was written/);
  });

  test('a damaged store is not backed up as if it were whole', async () => {
    const place = filledPlace();
    const bytes = readFileSync(place.storePath);
    bytes.fill(0xa5, 4096 * 3, 4096 * 6);
    writeFileSync(place.storePath, bytes);
    const { code, stderr } = await bench(place, 'backup', join(place.dir, 'copy'));
    expect(code).toBe(4);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(join(place.dir, 'copy'))).toBe(false);
  });
});

describe('bench repair', () => {
  const repair = async (place: Place) => {
    const { code, signal, stdout, stderr } = await bench(place, 'repair', '--json');
    expect({ stderr, signal }).toEqual({ stderr: '', signal: null });
    return { code, ...(JSON.parse(stdout) as { kept: string; lost: string[]; comparison: unknown }) };
  };

  test('a store that lies says again what the journals say; verdicts, keys and the old file stay', async () => {
    const place = filledPlace();
    const whole = recorded(place);
    withDatabase(place.storePath, db => {
      db.exec('UPDATE point_values SET value = 0.75 WHERE at % 16777216 = 2; DELETE FROM metrics');
      db.exec('INSERT INTO point_values VALUES (99 * 16777216 + 1, 1, 1)');
    });
    const lying = readFileSync(place.storePath);
    const { code, kept, lost, comparison } = await repair(place);
    expect({ code, lost }).toEqual({ code: 0, lost: [] });
    expect(comparison).toMatchObject({
      compared: 2,
      differences: [{ run: RUN, what: 'train.loss at step 2' }, { run: OTHER }],
    });
    const { store } = openAll(place);
    expect(contents(store)).toEqual(whole);
    expect(lastVerdicts(store, SCOPE)).toHaveLength(1);
    expect(statSync(kept).size).toBe(lying.length);
    expect(await check(place)).toMatchObject({ code: 0 });
  });

  test('a run whose folder is gone is carried over', async () => {
    const place = filledPlace();
    const whole = recorded(place);
    rmSync(join(place.runs, RUN), { recursive: true });
    expect(await repair(place)).toMatchObject({ code: 0, lost: [] });
    const { store } = openAll(place);
    expect(countPoints(store)).toBe(8);
    expect(findRun(store, RUN)).toMatchObject({ state: 'finished', arm: 'plain-34', seed: 1 });
    const times = store.read(() =>
      store.prepare('SELECT time FROM v_points WHERE run = ? AND step = 1', 'pluck').all(RUN),
    );
    expect(times).toEqual([1_000_002]);
    const byName = (rows: unknown) => JSON.stringify(rows, null, 1).split('\n').sort();
    for (const table of ['attempts', 'points', 'metrics', 'artifacts']) {
      expect(byName(contents(store)[table])).toEqual(byName(whole[table]));
    }
  });

  test.each([
    ['garbage', (path: string) => writeFileSync(path, 'no database '.repeat(500))],
    ['a store cut in half', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096)],
    ['no store', (path: string) => rmSync(path)],
  ])('%s: all runs are there again', async (what, damage) => {
    const place = filledPlace();
    damage(place.storePath);
    const { code, kept } = await repair(place);
    expect(code).toBe(what === 'no store' ? 0 : 1);
    expect(kept === null).toBe(what === 'no store');
    expect(readdirSync(place.dir).filter(name => /-(wal|shm)$/.test(name))).toEqual([]);
    expect(countPoints(openAll(place).store)).toBe(8);
    expect(await check(place)).toMatchObject({ code: 0 });
  });

  test('refuses while another process has the store open, and changes nothing', async () => {
    const place = filledPlace();
    const other = new Database(place.storePath);
    onTestFinished(() => other.close() && undefined);
    other.prepare('SELECT count(*) FROM points').get();
    const { code, stderr } = await bench(place, 'repair');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^bench: store .*: another process has it open\..*\n$/);
    expect(readdirSync(place.dir).filter(name => name.includes('repair'))).toEqual([]);
  });
});

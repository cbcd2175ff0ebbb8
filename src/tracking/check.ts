/** Is all that the store says true, and all that it speaks of there? Looks only; nothing is changed. */
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describeError, errorCode, type UserError } from '../core/errors.ts';
import { runFiles } from '../core/places.ts';
import { nameProblem } from '../core/safe-path.ts';
import { compareWithKept } from './compare-stores.ts';
import { attachKept, rebuildStore } from './rebuild.ts';
import { type CheckpointReader, checkArtifact, checkContents, checkOwnSums, type RecordedFile } from './run-files.ts';
import { openStore, type Store } from './store.ts';

export interface Finding {
  /**
   * damage: SQLite's own check · reference: a row without its parent · journal: one cannot be read to its end · mismatch:
   * the store says other than the journal · checksum: a file is not what was recorded · orphan: folder without records, or
   * records without folder · private: others may read it.
   */
  kind: 'damage' | 'reference' | 'journal' | 'mismatch' | 'checksum' | 'orphan' | 'private';
  /** False for what a user may have wanted so. */
  fault: boolean;
  subject: string;
  problem: string;
}

export interface CheckReport {
  store: string;
  runs: number;
  points: number;
  /** Runs whose records were compared with their journal. */
  compared: number;
  /** Files whose checksum was computed. */
  files: number;
  findings: Finding[];
}

export interface CheckPlaces {
  storePath: string;
  runsDir: string;
  artifactsDir: string;
}

interface FoundRun {
  key: number;
  id: string;
  identity: string | null;
  folder: string | null;
}

/** `quick` leaves out what reads every journal and file. */
export function checkStore(places: CheckPlaces, readCheckpoint: CheckpointReader, quick = false): CheckReport {
  const report: CheckReport = { store: places.storePath, runs: 0, points: 0, compared: 0, files: 0, findings: [] };
  const store = openOrTell(places.storePath, report);
  try {
    if (store !== null) store.read(() => checkRecords(store, places, report));
    if (!quick && store !== null) store.read(() => checkFiles(store, places, readCheckpoint, report));
    if (!quick) checkJournals(places, report);
  } catch (error) {
    report.findings.push(damage(places.storePath, describeError(error)));
  } finally {
    store?.close();
  }
  return report;
}

function openOrTell(path: string, report: CheckReport): Store | null {
  try {
    return openStore(path, { readonly: true });
  } catch (error) {
    // That it is another version's is no damage, nor is a missing one.
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(errorCode((error as UserError).cause) ?? '')) throw error;
    report.findings.push(damage(path, describeError(error)));
    return null;
  }
}

function checkRecords(store: Store, { storePath, runsDir }: CheckPlaces, report: CheckReport): void {
  const problems = store.prepare<string>('PRAGMA integrity_check(20)', 'pluck').all();
  report.findings.push(...problems.filter(line => line !== 'ok').map(line => damage(storePath, line)));
  report.findings.push(...brokenReferences(store), ...orphans(store, storePath, runsDir), ...notPrivate(storePath));
  report.runs = store.prepare<number>('SELECT count(*) FROM runs', 'pluck').get() ?? 0;
  report.points = store.prepare<number>('SELECT count(*) FROM points', 'pluck').get() ?? 0;
}

/** `points` and `point_blocks` have no declared keys, for speed. */
function brokenReferences(store: Store): Finding[] {
  const declared = store.prepare<[string, number, string]>(
    'SELECT "table", count(*), parent FROM pragma_foreign_key_check GROUP BY "table", parent',
    'raw',
  );
  const undeclared = (table: string): [string, number, string][] => {
    const sql = `SELECT count(*) FROM (SELECT DISTINCT run, metric FROM ${table})
      WHERE run NOT IN (SELECT key FROM runs) OR metric NOT IN (SELECT key FROM metric_names)`;
    return [[table, store.prepare<number>(sql, 'pluck').get() ?? 0, 'runs or metric_names']];
  };
  const broken = [...declared.all(), ...undeclared('points'), ...undeclared('point_blocks')];
  return broken
    .filter(([, rows]) => rows > 0)
    .map(([table, rows, parent]) => ({
      kind: 'reference',
      fault: true,
      subject: table,
      problem: `${rows} rows without their parent in ${parent}`,
    }));
}

function orphans(store: Store, storePath: string, runsDir: string): Finding[] {
  const note = (subject: string, problem: string): Finding => ({ kind: 'orphan', fault: false, subject, problem });
  const runs = foundRuns(store, storePath);
  const known = new Set(runs.map(run => run.id));
  const gone = runs.filter(run => run.folder === null && run.identity !== null);
  const unsafe = runs.filter(run => nameProblem(run.id) !== null);
  const stray = namesIn(runsDir).filter(name => !known.has(name) && !isRunFolder(join(runsDir, name)));
  return [
    ...gone.map(({ id }) => note(id, 'its folder is gone: what is recorded is all that is left of it')),
    ...unsafe.map(({ id }) => ({ ...note(JSON.stringify(id), 'no run can have this id'), fault: true })),
    ...stray.map(name => note(join(runsDir, name), 'no folder of a run')),
  ];
}

function foundRuns(store: Store, storePath: string): FoundRun[] {
  const sql = `SELECT runs.key, runs.id, cells.identity, json_group_array(journals.folder) AS folder FROM runs
    LEFT JOIN cells ON cells.key = runs.cell LEFT JOIN journals ON journals.run = runs.key GROUP BY runs.key ORDER BY id`;
  return store
    .prepare<FoundRun & { folder: string }>(sql)
    .all()
    .map(run => {
      const folders = (JSON.parse(run.folder) as (string | null)[]).filter(folder => folder !== null);
      const found = folders.map(folder => resolve(dirname(storePath), folder)).find(folder => existsSync(folder));
      return { ...run, folder: found ?? null };
    });
}

/** What others on this machine may read. A user may have wanted it so. */
function notPrivate(storePath: string): Finding[] {
  const open = (statSync(dirname(storePath)).mode & 0o077) !== 0 && (statSync(storePath).mode & 0o044) !== 0;
  const problem = 'other users of this machine may read it; `chmod 700` of its folder prevents that';
  return open ? [{ kind: 'private', fault: false, subject: storePath, problem }] : [];
}

function checkFiles(store: Store, places: CheckPlaces, readCheckpoint: CheckpointReader, report: CheckReport): void {
  const sql = `SELECT runs.id AS run, path, sha256, bytes FROM artifacts JOIN runs ON runs.key = artifacts.run WHERE run = ?`;
  for (const { key, id, identity, folder } of foundRuns(store, places.storePath)) {
    if (folder === null) continue;
    const artifacts = store.prepare<RecordedFile>(sql).all(key);
    report.files += artifacts.length;
    report.findings.push(...artifacts.flatMap(artifact => checkArtifact(folder, artifact)));
    if (identity !== null) report.findings.push(...checkOwnSums(folder, id, identity, readCheckpoint));
  }
  const contents = checkContents(places.artifactsDir);
  report.files += contents.files;
  report.findings.push(...contents.findings);
}

/** The journals are recorded anew, and every run of which the store has read as far must be the same. */
function checkJournals({ storePath, runsDir }: CheckPlaces, report: CheckReport): void {
  const workshop = mkdtempSync(join(roomFor(storePath), '.check-'));
  const { store, summary } = rebuildStore(join(workshop, 'store.sqlite'), runsDir);
  try {
    const journal = (problem: string): Finding => ({ kind: 'journal', fault: true, subject: runsDir, problem });
    report.findings.push(...summary.problems.map(journal));
    if (attachKept(store, storePath)) report.findings.push(...mismatches(store, report));
  } finally {
    store.close();
    rmSync(workshop, { recursive: true, force: true });
  }
}

function mismatches(store: Store, report: CheckReport): Finding[] {
  const { compared, differences, behind, ahead } = compareWithKept(store);
  report.compared = compared;
  const mismatch = (subject: string, problem: string, fault = true): Finding => ({
    kind: 'mismatch',
    fault,
    subject,
    problem,
  });
  return [
    ...differences.map(({ run, what, kept, rebuilt }) =>
      mismatch(run, `${what}: the store has ${kept}, the journal says ${rebuilt}`),
    ),
    ...behind.map(({ run, bytes }) =>
      mismatch(run, `${bytes} bytes of its journal are not recorded yet; \`bench list\` records them`, false),
    ),
    ...ahead.map(({ run, bytes }) => mismatch(run, `its journal has ${bytes} bytes less than were recorded`)),
  ];
}

/** Beside the store, where there is room for a second one; elsewhere if nobody may write there. */
function roomFor(storePath: string): string {
  try {
    accessSync(dirname(storePath), constants.W_OK);
    return dirname(storePath);
  } catch {
    return tmpdir();
  }
}

const isRunFolder = (path: string): boolean =>
  existsSync(join(path, runFiles.spec)) || existsSync(join(path, runFiles.journal));

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

const damage = (subject: string, problem: string): Finding => ({ kind: 'damage', fault: true, subject, problem });

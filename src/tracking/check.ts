/** Is all that the store says true, and all that it speaks of there? Looks only; nothing is changed. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeError, errorCode, type UserError } from '../core/errors.ts';
import { recordedArtifacts } from './artifacts.ts';
import { brokenReferences, countsOf, foundRuns, notPrivate, orphans } from './check-records.ts';
import { compareWithKept } from './compare-stores.ts';
import { attachKept, rebuildStore } from './rebuild.ts';
import { type CheckpointReader, checkArtifact, checkContents, checkOwnSums } from './run-files.ts';
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
  Object.assign(report, countsOf(store));
}

function checkFiles(store: Store, places: CheckPlaces, readCheckpoint: CheckpointReader, report: CheckReport): void {
  for (const { key, id, identity, folder } of foundRuns(store, places.storePath)) {
    if (folder === null) continue;
    const artifacts = recordedArtifacts(store, key);
    report.files += artifacts.length;
    report.findings.push(...artifacts.flatMap(artifact => checkArtifact(folder, id, artifact)));
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

const damage = (subject: string, problem: string): Finding => ({ kind: 'damage', fault: true, subject, problem });

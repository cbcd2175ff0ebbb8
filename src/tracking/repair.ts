/** The store made anew from the run folders, put in the place of the old one. Nothing is deleted. */
import { existsSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { EXIT, errorCode, UserError } from '../core/errors.ts';
import { countsOf, firstDamage } from './check-records.ts';
import { compareWithKept, type StoreComparison } from './compare-stores.ts';
import { attachKept, carryKeys, carryRest, detachKept, isOursAlone, removeStore } from './rebuild.ts';
import { Recorder } from './recorder.ts';
import { openStore, type Store } from './store.ts';
import { storeError } from './store-errors.ts';

export interface Repair {
  store: string;
  /** Where the old one is now; null if there was none. */
  kept: string | null;
  runs: number;
  points: number;
  /** What differed from the old store; null if it could not be read. */
  comparison: StoreComparison | null;
  /** What the old store had and could not be read: it is still in the file that was kept. */
  lost: string[];
  /** Of journals. */
  problems: string[];
}

/** Refuses while another process has the store open. Until the last moment the old store is as it was. */
export function repairStore(path: string, runsDir: string, nowMs = Date.now()): Repair {
  const unfinished = `${path}.repair-${process.pid}`;
  try {
    removeStore(unfinished);
    requireAlone(path);
    const made = build(unfinished, path, runsDir);
    requireAlone(path);
    const kept = existsSync(path) ? setAside(path, nowMs) : null;
    renameSync(unfinished, path);
    return { store: path, kept, ...made };
  } catch (error) {
    throw storeError(path, error);
  } finally {
    removeStore(unfinished);
  }
}

function build(unfinished: string, path: string, runsDir: string): Omit<Repair, 'store' | 'kept'> {
  if (existsSync(path)) bringUpToDate(path);
  const store = openStore(unfinished);
  try {
    const readable = existsSync(path) && attachKept(store, path);
    const lost = readable ? carryKeys(store) : existsSync(path) ? ['all of it: it cannot be opened'] : [];
    const { problems } = new Recorder(store, runsDir).ingestAll();
    if (readable) lost.push(...carryRest(store));
    const comparison = readable ? comparisonOf(store) : null;
    if (readable) detachKept(store);
    requireWhole(store, unfinished);
    return { ...countsOf(store), comparison, lost, problems };
  } finally {
    store.close();
  }
}

/** Both must have the same tables. One that refuses is carried over as far as it goes. */
function bringUpToDate(path: string): void {
  try {
    openStore(path).close();
  } catch {}
}

/** What is too damaged to be read is also too damaged to be compared. */
function comparisonOf(store: Store): StoreComparison | null {
  try {
    return compareWithKept(store);
  } catch {
    return null;
  }
}

function requireWhole(store: Store, path: string): void {
  const broken = store.read(() => store.prepare('SELECT * FROM pragma_foreign_key_check LIMIT 1').get());
  if (firstDamage(store) === null && broken === undefined) return;
  throw new UserError(`the store made anew at ${path} is not whole: is the disk sound? The old one is as it was.`, {
    exitCode: EXIT.noData,
  });
}

/** Also brings what stands in the write-ahead log into the file, so that the file alone is the store. */
function requireAlone(path: string): void {
  if (!existsSync(path)) return;
  try {
    const database = new Database(path, { timeout: 1000 });
    try {
      if (!isOursAlone(database)) throw inUse(path);
    } finally {
      // One that is left open keeps SQLite's companions there, beside the file that is set aside.
      database.close();
    }
  } catch (error) {
    // One that is too damaged to be opened is open nowhere else either.
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(errorCode(error) ?? '')) throw error;
  }
}

function setAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  const kept = `${path}.before-repair-${stamp}`;
  if (existsSync(kept)) throw new UserError(`${kept} is there already. Nothing was changed; try again.`);
  for (const end of ['-wal', '-shm', '']) if (existsSync(path + end)) renameSync(path + end, kept + end);
  return kept;
}

const inUse = (path: string): UserError =>
  new UserError(`store ${path}: another process has it open. End it (\`bench list\` shows what runs), then repeat.`, {
    exitCode: EXIT.noData,
  });

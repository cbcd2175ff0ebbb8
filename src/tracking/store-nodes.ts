/**
 * SQLite's locks and its shared memory hold among the processes of one machine. On a file system that several share, a
 * store is open on one of them at a time: each process that opens it leaves a word beside it, and looks for others'.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../core/errors.ts';
import { bootOf, type ProcessName, processFate, processStart } from '../core/process.ts';
import { openElsewhere } from './store-errors.ts';

const RENEW_MS = 15_000;
/** Who is where we cannot look, and has not renewed its word for so long, is gone. */
const LEASE_MS = 120_000;

/** Gives what takes the word back. Throws one line if a process of another machine has the store open. */
export function enterStore(path: string): () => void {
  const dir = wordsOf(path);
  const word = leaveWord(dir);
  const takeBack = (): void => {
    if (word !== null) forget(dir, word);
  };
  try {
    requireNoOther(path, dir, word);
  } catch (error) {
    takeBack();
    throw error;
  }
  if (word === null) return takeBack;
  const timer = setInterval(() => renew(word), RENEW_MS).unref();
  return () => {
    clearInterval(timer);
    takeBack();
  };
}

/** Not named as SQLite's companions are: whoever removes a store removes files. */
const wordsOf = (path: string): string => join(dirname(path), `open-${basename(path)}`);

/** Its file; null where we may only read. */
function leaveWord(dir: string): string | null {
  const word = join(dir, `${process.pid}-${randomBytes(4).toString('hex')}`);
  for (;;) {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      writeFileSync(word, ourName(), { mode: 0o600 });
      return word;
    } catch (error) {
      // Another one that goes has just removed the folder.
      if (errorCode(error) !== 'ENOENT') return null;
    }
  }
}

function ourName(): string {
  const name: ProcessName = { pid: process.pid, processStart: processStart(process.pid) ?? '', host: hostname() };
  return JSON.stringify(name);
}

function requireNoOther(path: string, dir: string, own: string | null): void {
  const nowMs = own === null ? Date.now() : (changedAtMs(own) ?? Date.now());
  for (const name of namesIn(dir)) {
    const word = join(dir, name);
    const owner = word === own ? null : ownerOf(word);
    if (owner === null) continue;
    // By the file server's clock, where we could leave a word: those of the machines may differ.
    const silentMs = nowMs - (changedAtMs(word) ?? 0);
    if (!isOnOurMachine(owner) && silentMs <= LEASE_MS) throw openElsewhere(path, owner, LEASE_MS - silentMs);
    if (silentMs > LEASE_MS || processFate(owner) === 'gone') rmSync(word, { force: true });
  }
}

/** Containers of one machine share its memory. */
function isOnOurMachine(owner: ProcessName): boolean {
  const [there, here] = [bootOf(owner.processStart), bootOf(processStart(process.pid) ?? '')];
  return (there !== null && there === here) || owner.host === hostname();
}

function ownerOf(word: string): ProcessName | null {
  try {
    return JSON.parse(readFileSync(word, 'utf8')) as ProcessName;
  } catch {
    return null;
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

const changedAtMs = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Written anew, so that its time is the file server's. A disk that is full must not end whoever follows. */
function renew(word: string): void {
  try {
    writeFileSync(word, ourName(), { mode: 0o600 });
  } catch {}
}

function forget(dir: string, word: string): void {
  try {
    rmSync(word, { force: true });
    rmdirSync(dir);
  } catch {} // others are there
}

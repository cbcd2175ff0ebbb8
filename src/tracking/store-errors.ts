/** What a user reads when the store's file refuses: one line each. */
import { describeError, errorCode, refusal, UserError } from '../core/errors.ts';
import type { ProcessName } from '../core/process.ts';

export const BUSY_TIMEOUT_MS = 5000;

/** Turns an error of SQLite or of the file system into one line about the store at `path`; others stay as they are. */
export function storeError(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (NO_ADDON.test(`${code} ${describeError(error)}`)) return missingAddon(error);
  if (error instanceof UserError || code === undefined) return error;
  const advice = adviceFor(code);
  if (advice === undefined) return error;
  return refusal(`store ${path}: ${describeError(error)} (${code}). ${advice}`, error);
}

/** What better-sqlite3 says where nothing was built for it, or for another Node. */
const NO_ADDON = /ERR_DLOPEN_FAILED|NODE_MODULE_VERSION|locate the bindings file/;

const missingAddon = (cause: unknown): UserError =>
  refusal(
    'SQLite is not set up here: its addon is missing, or is for another Node. Run "npx bench doctor --fix".',
    cause,
  );

export const missingStore = (path: string): UserError =>
  refusal(`no store at ${path}. Run an experiment first, or point BENCH_DIR at a folder that has one.`);

export const openElsewhere = (path: string, { host, pid }: ProcessName, leaseMs: number): UserError =>
  refusal(
    `store ${path} is open on ${host} (process ${pid}), and SQLite serves one machine at a time: use bench there, or end that process. ` +
      `If it is gone without a word, this works in ${Math.ceil(leaseMs / 1000)} s.`,
  );

export const newerStore = (path: string, found: number, known: number): UserError =>
  refusal(
    `store ${path} has schema ${found}, this bench knows up to ${known}: a newer bench wrote it. ` +
      'Update bench, or set BENCH_DIR to another folder. Nothing was changed.',
  );

export const olderStore = (path: string, found: number, known: number): UserError =>
  refusal(
    `store ${path} has schema ${found}, this bench reads ${known}, and it was opened for reading only. ` +
      'Run `bench list` once where it can be written: that migrates it.',
  );

export const foreignStore = (path: string): UserError =>
  refusal(`store ${path} is a SQLite file of another program. Move it away, or set BENCH_DIR. Nothing was changed.`);

export const brokenCopy = (path: string, found: string): UserError =>
  refusal(
    `copy ${path} of the store is not whole (${found}). Nothing was changed: check the disk, then \`bench check\`.`,
  );

export const brokenMigration = (path: string, rows: number): UserError =>
  refusal(
    `store ${path}: bringing it to this bench's schema left ${rows} rows without their parent. Nothing was changed.`,
  );

const REBUILD = 'Run `bench repair`: it records all runs again from their journals and keeps this file.';

function adviceFor(code: string): string | undefined {
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return REBUILD;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return `Another process has kept it locked for ${BUSY_TIMEOUT_MS / 1000} s: try again, or end that process.`;
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'The disk is full: make room and repeat; nothing is lost.';
  if (/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST|EISDIR)/.test(code)) {
    return 'The file and its folder must be writable: mend that, or set BENCH_DIR to a folder that is.';
  }
  if (/^(SQLITE_IOERR|EIO)/.test(code)) return 'The disk reports a fault: check its space and health, then repeat.';
  return undefined;
}

/** A journal as the recorder meets it: a file that may be a copy, may have been exchanged, may be gone meanwhile. */
import { crc32 } from 'node:zlib';
import { describeError, errorCode } from '../core/errors.ts';
import { JournalError } from '../core/journal.ts';
import { readBytes, readPiece } from '../core/journal-reader.ts';
import { nameProblem } from '../core/safe-path.ts';

/** The `attempt` event that names the run is the first; a foreign writer may have a few others before it. */
const IDENTIFY_BYTES = 64 * 1024;
const ANCHOR_BYTES = 256;

export interface JournalFile {
  path: string;
  /** Relative to the store's folder. */
  folder: string;
  fd: number;
  bytes: number;
}

/** How much of a run's journal is recorded. */
export interface Position {
  id: string;
  offset: number;
  anchor: number;
}

/** Whether the bytes before the position are those that were recorded, as far as the file has them. */
export function continues(journal: JournalFile, position: Position): boolean {
  return journal.bytes < position.offset || anchorAt(journal, position.offset) === position.anchor;
}

/** CRC-32 of the last bytes before `offset`: of two journals of one run it tells which was recorded. */
export function anchorAt(journal: JournalFile, offset: number): number {
  const start = Math.max(0, offset - ANCHOR_BYTES);
  return crc32(readBytes(journal.fd, start, offset - start));
}

/** The run that the journal tells of. `unknown`: it does not say so yet; `nameless`: it will not. */
export function nameOfRun(journal: JournalFile): { run: string } | 'unknown' | 'nameless' {
  const { events, tail } = readPiece(journal.fd, 0, journal.path, IDENTIFY_BYTES);
  const attempt = events.find(event => event.type === 'attempt');
  // The name becomes that of a folder.
  if (attempt)
    return typeof attempt.run === 'string' && nameProblem(attempt.run) === null ? { run: attempt.run } : 'nameless';
  return tail === 'more' || tail === 'damaged' ? 'nameless' : 'unknown';
}

/** A journal that cannot be read is a problem of its own; one that has vanished meanwhile, or a stray file, is none. */
export function problemOfReading(path: string, error: unknown): string | null {
  if (error instanceof JournalError) return error.message;
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  if (code !== undefined && !code.startsWith('SQLITE')) return `${path}: cannot be read: ${describeError(error)}.`;
  throw error;
}

export const damaged = (journal: JournalFile, from: number, to: number): string =>
  `${journal.path}: damaged at byte ${from}: ${to - from} bytes are left out.`;

/** Damage that was passed over stays a problem of the journal; others may go. */
export const isDamage = (problem: string | null): boolean => /: damaged at byte \d+: \d+ bytes/.test(problem ?? '');

export const differs = (journal: JournalFile, position: Position): string =>
  `${journal.path}: tells of run ${position.id} otherwise than the journal that is recorded: left out.`;

export const nameless = (journal: JournalFile): string =>
  `${journal.path}: expected an "attempt" event that names the run, as a folder can be named, among the first, got none: left out.`;

import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, statSync } from 'node:fs';
import { writeWhole } from '../core/atomic-file.ts';
import { describeError, errorCode, refusal, UserError } from '../core/errors.ts';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../core/journal.ts';
import { readPiece } from '../core/journal-reader.ts';

/** Between two `fdatasync`: what a power cut can cost. A killed process loses nothing that `append` returned from. */
const SYNC_INTERVAL_MS = 1000;

/**
 * Creates the journal, or opens it to append: a torn tail is cut off, a damaged middle is refused. One writer at a time:
 * whoever starts attempts sees to that.
 */
export function openJournal(path: string): JournalWriter {
  const fd = attempt(path, 'open', () => openSync(path, 'a+', 0o600));
  try {
    return new JournalWriter(path, fd, endOfFrames(path, fd));
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Every method throws one `UserError` if the file system refuses (`ENOSPC`, `EIO`, …); the file stays valid then. */
export class JournalWriter {
  readonly path: string;
  readonly #fd: number;
  #bytes: number;
  #syncedAtMs = Date.now();
  #open = true;
  /** A part of a frame may stand behind the whole ones. */
  #torn = false;
  /** What a sync said after its `appendFrame` had returned. */
  #late: Error | undefined;

  /** `bytes` is the length of what is whole in the file. Call `openJournal`. */
  constructor(path: string, fd: number, bytes: number) {
    this.path = path;
    this.#fd = fd;
    this.#bytes = bytes;
    attempt(path, 'cut the torn tail of', () => ftruncateSync(fd, bytes));
    if (bytes === 0) this.#write(JOURNAL_MAGIC);
  }

  /** Once this returns, the event survives the process. */
  append(event: JournalEvent): void {
    this.#write(encodeFrame(event));
    if (this.#isSyncDue(Date.now())) this.sync();
  }

  /**
   * The same for a frame that is encoded already. The disk syncs beside the caller, who does not wait for it: if it
   * refuses, the next call throws.
   */
  appendFrame(frame: Buffer, nowMs: number): void {
    this.#throwLate();
    this.#write(frame);
    if (!this.#isSyncDue(nowMs)) return;
    this.#syncedAtMs = nowMs;
    fdatasync(this.#fd, error => {
      if (error !== null && this.#open) this.#late ??= error;
    });
  }

  /** Once this returns, all events survive the machine. */
  sync(): void {
    attempt(this.path, 'sync', () => fdatasyncSync(this.#fd));
    this.#syncedAtMs = Date.now();
  }

  /** False once another attempt has put a copy in its place: what is written here is read by nobody. */
  isCurrent(): boolean {
    return statSync(this.path, { throwIfNoEntry: false })?.ino === fstatSync(this.#fd).ino;
  }

  /** Syncs. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.sync();
    } finally {
      closeSync(this.#fd);
    }
  }

  /** Also after a clock that was set back: it must not put syncs off for as long. */
  #isSyncDue(nowMs: number): boolean {
    return Math.abs(nowMs - this.#syncedAtMs) >= SYNC_INTERVAL_MS;
  }

  #throwLate(): void {
    const late = this.#late;
    this.#late = undefined;
    if (late !== undefined) throw refused(this.path, 'sync', late);
  }

  #write(bytes: Buffer): void {
    try {
      attempt(this.path, 'write to', () => {
        this.#cut();
        this.#torn = true;
        writeWhole(this.#fd, bytes);
      });
    } catch (error) {
      // Cutting needs no space. Should it fail all the same, the next write tries it first.
      attemptQuietly(() => this.#cut());
      throw error;
    }
    this.#torn = false;
    this.#bytes += bytes.length;
  }

  #cut(): void {
    if (!this.#torn) return;
    ftruncateSync(this.#fd, this.#bytes);
    this.#torn = false;
  }
}

/** The file's length without its torn tail. */
function endOfFrames(path: string, fd: number): number {
  for (let offset = 0; ; ) {
    const piece = attempt(path, 'read', () => readPiece(fd, offset, path));
    offset = piece.offset;
    if (piece.tail === 'damaged') throw damaged(path, offset);
    if (piece.tail !== 'more') return offset;
  }
}

function attempt<T>(path: string, what: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw refused(path, what, cause);
  }
}

function attemptQuietly(action: () => void): void {
  try {
    action();
  } catch {}
}

function refused(path: string, what: string, cause: unknown): UserError {
  const advice: Record<string, string> = {
    ENOSPC: ' The disk is full: make room, then resume the run.',
    EDQUOT: ' Your disk quota is used up: make room, then resume the run.',
    EIO: ' The disk reports a fault: check it, or move the results with BENCH_DIR.',
    ENOENT: " The run's folder is missing.",
  };
  const hint = advice[errorCode(cause) ?? ''] ?? '';
  return refusal(`could not ${what} the journal ${path}: ${describeError(cause)}.${hint}`, cause);
}

function damaged(path: string, offset: number): UserError {
  return refusal(
    `${path}: damaged at byte ${offset}: expected a whole frame there, as more frames follow. ` +
      'Nothing was changed; start a new run instead of resuming this one.',
  );
}

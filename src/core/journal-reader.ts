/** Reads a journal's file in bounded pieces: for the recorder, which follows it, and for the writer, which appends. */
import { readSync } from 'node:fs';
import {
  checkMagic,
  type DecodedFrames,
  decodeFrames,
  frameBytes,
  JOURNAL_MAGIC,
  type JournalEvent,
} from './journal.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Twice the longest frame: a whole frame behind damage would begin in here. */
const DAMAGE_SCAN_BYTES = 128 * CHUNK_BYTES;

export interface JournalPiece {
  events: JournalEvent[];
  /** Where the next piece begins: behind the last whole frame. */
  offset: number;
  /** `more`: there was more to read than one piece; else what stands behind the last whole frame. */
  tail: 'more' | DecodedFrames['tail'];
  /** Of damage: where the next whole frame begins in the file. */
  next?: number;
}

/**
 * Whole frames of the open file from `offset` (0 or a former piece's `offset`), `maxBytes` of them or one that is longer.
 * Throws a `JournalError` if the file is no journal; one shorter than its magic is a torn one.
 */
export function readPiece(fd: number, offset: number, where: string, maxBytes = CHUNK_BYTES): JournalPiece {
  if (offset > 0) return readFrames(fd, offset, maxBytes);
  const head = readBytes(fd, 0, JOURNAL_MAGIC.length);
  if (checkMagic(head, where)) return readFrames(fd, JOURNAL_MAGIC.length, maxBytes);
  return { events: [], offset: 0, tail: head.length === 0 ? 'clean' : 'torn' };
}

function readFrames(fd: number, offset: number, maxBytes: number): JournalPiece {
  const bytes = readBytes(fd, offset, maxBytes);
  const { events, consumed, tail, next } = decodeFrames(bytes);
  if (consumed === 0 && bytes.length === maxBytes && tail === 'torn') return readLongFrame(fd, offset, bytes);
  const cut = bytes.length === maxBytes && tail !== 'damaged';
  return { events, offset: offset + consumed, tail: cut ? 'more' : tail, ...from(offset, next) };
}

/** Either a frame that is longer than a piece, or damage that looks like one: only then is much of the rest looked at. */
function readLongFrame(fd: number, offset: number, header: Buffer): JournalPiece {
  const { events, consumed } = decodeFrames(readBytes(fd, offset, frameBytes(header) ?? 0));
  if (consumed > 0) return { events, offset: offset + consumed, tail: 'more' };
  const { tail, next } = decodeFrames(readBytes(fd, offset, DAMAGE_SCAN_BYTES));
  return { events: [], offset, tail, ...from(offset, next) };
}

const from = (offset: number, next?: number): { next?: number } => (next === undefined ? {} : { next: offset + next });

/** Up to `bytes` bytes, fewer only at the end of the file. */
export function readBytes(fd: number, offset: number, bytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let done = 0; done < bytes; ) {
    const part = Buffer.allocUnsafe(Math.min(bytes - done, CHUNK_BYTES));
    const got = readSync(fd, part, 0, part.length, offset + done);
    if (got === 0) break;
    parts.push(part.subarray(0, got));
    done += got;
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

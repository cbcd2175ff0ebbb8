/**
 * The journal's format: the one thing that the worker (which writes) and the recorder (which reads) share.
 * `docs/journal.md` states the bytes for writers in other languages.
 *
 *   file  := magic frame*
 *   magic := "BENCHJ1\n"                                  8 bytes
 *   frame := length:u32le crc:u32le payload[length]       payload is one event as UTF-8 JSON, crc is its CRC-32
 *
 * A writer appends whole frames. A reader stops at the first frame that is not whole. If no whole frame stands behind
 * it, it is a torn tail (the writer was killed in the middle of a write, or is still writing); otherwise the journal is
 * damaged, and the recorder goes on at the next whole frame. Nothing in a payload can be taken for a frame: the last byte of a length is at most 4, JSON has no such byte.
 */
import { crc32 } from 'node:zlib';
import { UserError } from './errors.ts';
import type { Json } from './ids.ts';

export const JOURNAL_MAGIC: Buffer = Buffer.from('BENCHJ1\n', 'latin1');
const HEADER_BYTES = 8;
/** Larger than any event: a length above it can only be damage. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const OPENING_BRACE = 0x7b;

/** A metric's value. JSON has no NaN and no infinities, and a diverged loss must not be lost: those travel as words. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** `crashed` is written by whoever started the process and saw it end in an error, never by the process itself. */
export type EndState = 'finished' | 'failed' | 'killed' | 'crashed';

export type JournalEvent =
  /** First event of every attempt: who writes. `processStart` tells a pid that was reused from the one meant. */
  | {
      type: 'attempt';
      time: number;
      run: string;
      attempt: number;
      pid: number;
      processStart: string;
      host: string;
      fromStep: number;
    }
  /** What is run: once per journal. */
  | { type: 'cell'; time: number; cell: Json }
  /** Where and with what it is run: once per attempt. */
  | { type: 'provenance'; time: number; provenance: Json }
  /** Values at a step: training metrics every step, evaluation metrics where the spec asks for them. */
  | { type: 'points'; time: number; step: number; values: Record<string, WireNumber> }
  /** A final figure of the run, one per metric name. A later one of the same name replaces it. */
  | { type: 'metric'; time: number; name: string; value: WireNumber }
  | { type: 'artifact'; time: number; name: string; path: string; sha256: string; bytes: number }
  | { type: 'heartbeat'; time: number; step: number }
  /** Last event of an attempt whose end somebody saw. `killed` is a stop on request or by a signal, named in `reason`. */
  | { type: 'end'; time: number; state: EndState; step: number; reason?: string };

/** `time` is milliseconds since 1970 on the writer's clock. Throws on an event that no reader would accept. */
export function encodeFrame(event: JournalEvent): Buffer {
  const payload = Buffer.from(JSON.stringify(event), 'utf8');
  if (payload.length > MAX_PAYLOAD_BYTES) throw tooLarge(event.type, payload.length);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt32LE(crc32(payload), 4);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

export interface DecodedFrames {
  events: JournalEvent[];
  /** Bytes of `bytes` that were read as whole frames; reading goes on from here. */
  consumed: number;
  /** What stands behind the last whole frame. */
  tail: 'clean' | 'torn' | 'damaged';
  /** Of damage: where the next whole frame begins in `bytes`. */
  next?: number;
}

/** Decodes whole frames from `bytes`, which starts at a frame's boundary (after the magic). Never throws. */
export function decodeFrames(bytes: Buffer): DecodedFrames {
  const events: JournalEvent[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const frame = frameAt(bytes, offset);
    if (frame === undefined) return { events, consumed: offset, ...tailAt(bytes, offset) };
    events.push(frame.event);
    offset += frame.size;
  }
  return { events, consumed: offset, tail: 'clean' };
}

/** Bytes of the frame that begins at the start of `header`, as its length says; null if that cannot be true. */
export function frameBytes(header: Buffer): number | null {
  if (header.length < HEADER_BYTES) return HEADER_BYTES;
  const length = header.readUInt32LE(0);
  return length > MAX_PAYLOAD_BYTES ? null : HEADER_BYTES + length;
}

/** The file is not what a journal is. Of errors of the store and of the file system it is told apart by its class. */
export class JournalError extends UserError {}

/** Throws a `JournalError` unless `bytes` begins with the journal's magic. An empty or shorter prefix of it is a torn start: false. */
export function checkMagic(bytes: Buffer, where: string): boolean {
  const head = bytes.subarray(0, JOURNAL_MAGIC.length);
  if (!JOURNAL_MAGIC.subarray(0, head.length).equals(head)) {
    throw new JournalError(
      `${where}: not a journal: expected it to begin with "BENCHJ1", got ${JSON.stringify(head.toString('latin1'))}.`,
    );
  }
  return head.length === JOURNAL_MAGIC.length;
}

export function toWire(value: number): WireNumber {
  return Number.isFinite(value) ? value : (String(value) as WireNumber);
}

export function fromWire(value: WireNumber): number {
  return Number(value);
}

/** Undefined if no whole frame begins there. */
function frameAt(bytes: Buffer, offset: number): { event: JournalEvent; size: number } | undefined {
  if (offset + HEADER_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt32LE(offset);
  const end = offset + HEADER_BYTES + length;
  if (length > MAX_PAYLOAD_BYTES || end > bytes.length) return undefined;
  const payload = bytes.subarray(offset + HEADER_BYTES, end);
  if (crc32(payload) !== bytes.readUInt32LE(offset + 4)) return undefined;
  const event = parseEvent(payload);
  return event && { event, size: end - offset };
}

function tailAt(bytes: Buffer, offset: number): { tail: 'torn' } | { tail: 'damaged'; next: number } {
  // Every payload is a JSON object: looking for its first byte spares nearly all checksums.
  const braceFrom = (at: number): number => bytes.indexOf(OPENING_BRACE, at);
  for (let brace = braceFrom(offset + 1 + HEADER_BYTES); brace !== -1; brace = braceFrom(brace + 1)) {
    const next = brace - HEADER_BYTES;
    if (frameAt(bytes, next) !== undefined) return { tail: 'damaged', next };
  }
  return { tail: 'torn' };
}

function parseEvent(payload: Buffer): JournalEvent | undefined {
  try {
    const event = JSON.parse(payload.toString('utf8')) as JournalEvent;
    return typeof event?.type === 'string' && typeof event.time === 'number' ? event : undefined;
  } catch {
    return undefined;
  }
}

function tooLarge(type: string, bytes: number): UserError {
  return new UserError(
    `an event of type "${type}" takes ${bytes} bytes; a journal holds at most ${MAX_PAYLOAD_BYTES}.`,
  );
}

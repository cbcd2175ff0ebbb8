import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { type JournalPiece, readBytes, readPiece } from '../../src/core/journal-reader.ts';
import { newFolder } from '../new-folder.ts';

const MEBIBYTE = 1024 * 1024;
const cell = (size: number): JournalEvent => ({ type: 'cell', time: 1, cell: 'x'.repeat(size) });

/** The descriptor of a file with these bytes. */
function opened(bytes: Buffer): number {
  const path = join(newFolder(), 'journal');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** Reads to the end as the recorder does. */
function readAll(bytes: Buffer): { types: number; offset: number; tail: JournalPiece['tail'] } {
  const fd = opened(bytes);
  for (let offset = 0, types = 0; ; ) {
    const piece = readPiece(fd, offset, 'journal');
    types += piece.events.length;
    if (piece.tail !== 'more') return { types, offset: piece.offset, tail: piece.tail };
    offset = piece.offset;
  }
}

const small = encodeFrame(cell(10));
const long = encodeFrame(cell(3 * MEBIBYTE));
const file = (...frames: Buffer[]): Buffer => Buffer.concat([JOURNAL_MAGIC, ...frames]);

test.each([
  ['nothing', Buffer.alloc(0), { types: 0, offset: 0, tail: 'clean' }],
  ['a torn magic', JOURNAL_MAGIC.subarray(0, 3), { types: 0, offset: 0, tail: 'torn' }],
  ['a magic', file(), { types: 0, offset: 8, tail: 'clean' }],
  ['frames that are longer than a piece', file(small, long, long, small), { types: 4, tail: 'clean' }],
  ['a torn long frame', file(small, long.subarray(0, -1)), { types: 1, offset: 8 + small.length, tail: 'torn' }],
  ['many pieces', file(...Array<Buffer>(60_000).fill(small)), { types: 60_000, tail: 'clean' }],
])('%s', (_name, bytes, expected) => {
  expect(readAll(bytes)).toMatchObject(expected);
});

test('a frame that ends where a piece ends', () => {
  const exact = encodeFrame(cell(MEBIBYTE - encodeFrame(cell(0)).length));
  expect(exact.length).toBe(MEBIBYTE);
  expect(readAll(file(exact, exact, small))).toMatchObject({ types: 3, tail: 'clean' });
});

test('a length that was damaged to a large one is damage, near or far from the next frame', () => {
  const broken = Buffer.from(long);
  broken.writeUInt32LE(60 * MEBIBYTE, 0);
  expect(readAll(file(small, broken, small))).toMatchObject({ types: 1, offset: 8 + small.length, tail: 'damaged' });
  expect(readAll(file(small, broken))).toMatchObject({ types: 1, tail: 'torn' });
});

describe('one piece', () => {
  const flipped = Buffer.from(small);
  flipped[10] = (flipped[10] as number) ^ 1;
  const second = JOURNAL_MAGIC.length + small.length;
  const piece = (bytes: Buffer, offset: number, maxBytes?: number): JournalPiece =>
    readPiece(opened(bytes), offset, 'journal', maxBytes);
  const one = [cell(10)];

  test('says where the next whole frame begins in the file, from wherever it was read', () => {
    const bytes = file(small, flipped, small);
    const next = second + small.length;
    expect(piece(bytes, 0)).toEqual({ events: one, offset: second, tail: 'damaged', next });
    expect(piece(bytes, second)).toEqual({ events: [], offset: second, tail: 'damaged', next });
    expect(piece(bytes, next)).toEqual({ events: one, offset: bytes.length, tail: 'clean' });
    const damagedPiece = { events: one, offset: second, tail: 'damaged', next };
    expect(piece(file(small, flipped, small, small), 8, 3 * small.length)).toEqual(damagedPiece);
    const far = Buffer.from(long);
    far.writeUInt32LE(60 * MEBIBYTE, 0);
    expect(piece(file(small, far, small), second)).toMatchObject({ events: [], next: second + long.length });
  });

  test('ends with the last frame that it holds whole; one that is longer comes alone', () => {
    const bytes = file(small, small, small);
    const size = small.length;
    expect(piece(bytes, 8, 2 * size)).toEqual({ events: [...one, ...one], offset: 8 + 2 * size, tail: 'more' });
    expect(piece(bytes, 8, 2 * size - 1)).toEqual({ events: one, offset: 8 + size, tail: 'more' });
    for (const less of [9, size - 1])
      expect(piece(bytes, 8, less)).toEqual({ events: one, offset: 8 + size, tail: 'more' });
    expect(piece(bytes, 8, 3 * size)).toMatchObject({ offset: 8 + 3 * size, tail: 'more' });
    expect(piece(bytes, 8, 3 * size + 1)).toMatchObject({ offset: 8 + 3 * size, tail: 'clean' });
    expect(piece(bytes, 8 + 3 * size, size)).toEqual({ events: [], offset: 8 + 3 * size, tail: 'clean' });
  });

  test('of a torn frame that is longer is torn', () => {
    expect(piece(file(small.subarray(0, -1)), 8, 10)).toEqual({ events: [], offset: 8, tail: 'torn' });
  });

  test('of another file is refused, with its name', () => {
    expect(() => piece(Buffer.from('step,loss\n'), 0)).toThrow(/^journal: not a journal: .*"step,los"/);
  });
});

test('bytes of any number, from anywhere, and no more than there are', () => {
  const bytes = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7) & 255));
  const whole = Buffer.concat(Array<Buffer>(800).fill(bytes));
  const fd = opened(whole);
  for (const [offset, length] of [
    ...[[0, 0] as const, [0, 5] as const, [2999, 3] as const, [100, MEBIBYTE] as const],
    ...[[7, 2 * MEBIBYTE + 1] as const, [whole.length - 4, 100] as const, [whole.length, 9] as const],
  ])
    expect(readBytes(fd, offset, length).equals(whole.subarray(offset, offset + length))).toBe(true);
});

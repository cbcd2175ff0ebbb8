import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { type JournalPiece, readPiece } from '../../src/core/journal-reader.ts';

const MEBIBYTE = 1024 * 1024;
const cell = (size: number): JournalEvent => ({ type: 'cell', time: 1, cell: 'x'.repeat(size) });

/** Reads to the end as the recorder does. */
function readAll(bytes: Buffer): { types: number; offset: number; tail: JournalPiece['tail'] } {
  const folder = mkdtempSync(join(tmpdir(), 'journal-reader-'));
  writeFileSync(join(folder, 'journal'), bytes);
  const fd = openSync(join(folder, 'journal'), 'r');
  try {
    for (let offset = 0, types = 0; ; ) {
      const piece = readPiece(fd, offset, 'journal');
      types += piece.events.length;
      if (piece.tail !== 'more') return { types, offset: piece.offset, tail: piece.tail };
      offset = piece.offset;
    }
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
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

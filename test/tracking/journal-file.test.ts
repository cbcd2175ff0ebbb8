/** How a recorder tells whether a file goes on where it stopped, whose it is, and what is wrong with it. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { JournalError, type JournalEvent } from '../../src/core/journal.ts';
import {
  anchorAt,
  continues,
  damaged,
  isDamage,
  type JournalFile,
  nameOfRun,
  problemOfReading,
} from '../../src/tracking/journal-file.ts';
import { hasNothingNew, type KnownJournal } from '../../src/tracking/known-journals.ts';
import { attempt, finishedRun, point } from './events.ts';
import { journalBytes, newPlace, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';

function opened(content: readonly JournalEvent[] | Buffer): JournalFile {
  const path = writeJournal(newPlace(), RUN, content);
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return { path, folder: `runs/${RUN}`, fd, bytes: fstatSync(fd).size };
}

describe('a position', () => {
  const bytes = journalBytes([...finishedRun(RUN), point(4), point(5)]);
  const journal = (): JournalFile => opened(bytes);

  test('is known again by the last 256 bytes before it, or as many as there are', () => {
    for (const offset of [0, 8, 255, 256, 257, bytes.length])
      expect(anchorAt(journal(), offset)).toBe(crc32(bytes.subarray(Math.max(0, offset - 256), offset)));
  });

  test('continues where those bytes are the same, and in a copy that is shorter; else it is another journal', () => {
    const at = (offset: number, anchor: number) => continues(journal(), { id: RUN, offset, anchor });
    const whole = crc32(bytes.subarray(-256));
    expect(at(bytes.length, whole)).toBe(true);
    expect(at(bytes.length, whole + 1)).toBe(false);
    expect(at(bytes.length - 1, whole)).toBe(false);
    expect(at(bytes.length + 1, whole + 1)).toBe(true);
    expect(at(0, 0)).toBe(true);
  });
});

describe('whose it is', () => {
  const long: JournalEvent = { type: 'cell', time: 1, cell: 'x'.repeat(70_000) };
  const flipped = journalBytes([point(1), point(2)]);
  flipped[20] = (flipped[20] as number) ^ 1;

  test.each<[string, JournalEvent[] | Buffer, ReturnType<typeof nameOfRun>]>([
    ['its first attempt says it', [point(1), attempt(RUN), attempt('other')], { run: RUN }],
    ['nothing says it yet', [point(1)], 'unknown'],
    ['nothing is there yet', [], 'unknown'],
    ['it is torn', journalBytes([attempt(RUN)]).subarray(0, -1), 'unknown'],
    ['the first 64 KiB do not say it', [long, attempt(RUN)], 'nameless'],
    ['it is damaged before anything says it', flipped, 'nameless'],
    ['a name that leads out of its folder', [attempt('../x')], 'nameless'],
    ['a name that is no text', [attempt(7 as never)], 'nameless'],
  ])('%s', (_, content, name) => {
    expect(nameOfRun(opened(content))).toEqual(name);
  });
});

describe('what cannot be read', () => {
  const failing = (code: string) => Object.assign(new Error('it failed'), { code });

  test('is told in one line; a file that has gone is no problem', () => {
    expect(problemOfReading('p', new JournalError('p: not a journal.'))).toBe('p: not a journal.');
    expect(problemOfReading('p', failing('EACCES'))).toMatch(/^p: cannot be read: .*\.$/);
    for (const code of ['ENOENT', 'ENOTDIR']) expect(problemOfReading('p', failing(code))).toBeNull();
  });

  test('is thrown on where it is the store that fails, or we', () => {
    for (const error of [failing('SQLITE_FULL'), new TypeError('ours')])
      expect(() => problemOfReading('p', error)).toThrow(error);
  });

  test('damage is known again, whatever the path is called', () => {
    const journal = { ...opened([]), path: 'a: b/journal' };
    expect(damaged(journal, 10, 35)).toBe('a: b/journal: damaged at byte 10: 25 bytes are left out.');
    expect(isDamage(damaged(journal, 10, 35))).toBe(true);
    for (const other of [null, '', 'damaged at byte 1: 2 bytes', 'x: damaged at byte x: 2 bytes', 'x: damaged'])
      expect(isDamage(other)).toBe(false);
  });
});

test('there is nothing new in a file that is no longer than what is recorded, or that has not grown since it was refused', () => {
  const known = (change: Partial<KnownJournal>): KnownJournal => ({
    ...{ run: 1, bytes: 20, problem: null, offset: 20, readAt: null, over: 0 },
    ...change,
  });
  expect([19, 20, 21].map(bytes => hasNothingNew(known({}), bytes))).toEqual([true, true, false]);
  const refused = known({ offset: 8, problem: 'p: tells otherwise' });
  expect([20, 21].map(bytes => hasNothingNew(refused, bytes))).toEqual([true, false]);
  expect(hasNothingNew(known({ offset: 8, problem: 'p: damaged at byte 8: 4 bytes are left out.' }), 20)).toBe(false);
  expect(hasNothingNew(known({ offset: 8 }), 20)).toBe(false);
});

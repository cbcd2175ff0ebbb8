import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { decodeFrames, encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { openJournal } from '../../src/runner/journal-writer.ts';
import { newFolder } from '../new-folder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = newFolder();
  path = join(folder, 'journal');
});

const heartbeat = (step: number): JournalEvent => ({ type: 'heartbeat', time: 1000 + step, step });
const eventsOf = (file: string) => decodeFrames(readFileSync(file).subarray(JOURNAL_MAGIC.length));

function write(...events: JournalEvent[]): void {
  const journal = openJournal(path);
  for (const event of events) journal.append(event);
  journal.close();
}

test('what was appended is read back, over several openings', () => {
  write(heartbeat(1), heartbeat(2));
  write(heartbeat(3));
  expect(eventsOf(path)).toMatchObject({ events: [heartbeat(1), heartbeat(2), heartbeat(3)], tail: 'clean' });
});

test('an event is in the file as soon as append returns', () => {
  const journal = openJournal(path);
  journal.append(heartbeat(1));
  expect(eventsOf(path).events).toEqual([heartbeat(1)]);
  journal.close();
  journal.close();
});

test('a tail torn at any byte is cut, and whole frames stay', () => {
  write(heartbeat(1), heartbeat(2));
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const kept = decodeFrames(whole.subarray(JOURNAL_MAGIC.length, Math.max(JOURNAL_MAGIC.length, length))).events;
    write(heartbeat(3));
    expect(eventsOf(path)).toMatchObject({ events: [...kept, heartbeat(3)], tail: 'clean' });
  }
});

test('zeros behind the last frame, as a power cut leaves them, are a torn tail', () => {
  write(heartbeat(1));
  appendFileSync(path, Buffer.alloc(4096));
  write(heartbeat(2));
  expect(eventsOf(path)).toMatchObject({ events: [heartbeat(1), heartbeat(2)], tail: 'clean' });
});

test('a damaged middle is refused in one line and left as it is', () => {
  write(heartbeat(1), heartbeat(2), heartbeat(3));
  const bytes = readFileSync(path);
  const second = JOURNAL_MAGIC.length + encodeFrame(heartbeat(1)).length;
  bytes[second + 12] = (bytes[second + 12] as number) ^ 1;
  writeFileSync(path, bytes);
  expect(() => openJournal(path)).toThrow(`damaged at byte ${second}`);
  expect(readFileSync(path)).toEqual(bytes);
});

test('a file that is no journal is refused and left as it is', () => {
  writeFileSync(path, 'a,b,c\n1,2,3\n');
  expect(() => openJournal(path)).toThrow(/not a journal: expected it to begin with "BENCHJ1"/);
  expect(readFileSync(path, 'utf8')).toBe('a,b,c\n1,2,3\n');
});

test('a missing folder and a folder in the place of the journal give one line each', () => {
  expect(() => openJournal(join(folder, 'none', 'journal'))).toThrow(/could not open the journal .*folder is missing/);
  expect(() => openJournal(folder)).toThrow(UserError);
});

test('a journal longer than one read is opened, cut and continued', () => {
  const long: JournalEvent = { type: 'cell', time: 1, cell: 'x'.repeat(3_000_000) };
  write(heartbeat(1), long, heartbeat(2), long, heartbeat(3));
  truncateSync(path, statSync(path).size - 1);
  write(heartbeat(4));
  const events = eventsOf(path).events;
  expect(events.map(event => event.type)).toEqual(['heartbeat', 'cell', 'heartbeat', 'cell', 'heartbeat']);
  expect(events.at(-1)).toEqual(heartbeat(4));
});

/** The same rows wherever a journal is cut, in whatever pieces it is read, whichever of its bits is flipped. */
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrames } from '../../src/core/journal.ts';
import { attempt, finishedRun, point } from './events.ts';
import { contents, countPoints, journalBytes, newPlace, openAll, writeJournal } from './journals.ts';

const RUN = 'abc123abc123';

test('cut at any byte and completed later, it gives exactly the whole frames, then all', () => {
  const events = [...finishedRun(RUN), attempt(RUN, { attempt: 2 })];
  const bytes = journalBytes(events);
  const place = newPlace();
  const { store, recorder } = openAll(place);
  const path = writeJournal(place, RUN, Buffer.alloc(0));
  let recorded = 0;
  for (let length = 1; length <= bytes.length; length++) {
    writeFileSync(path, bytes.subarray(0, length));
    recorded += recorder.ingestAll().events;
    expect(recorded).toBe(length < 8 ? 0 : decodeFrames(bytes.subarray(8, length)).events.length);
  }
  expect(recorded).toBe(events.length);
  expect(countPoints(store)).toBe(3);
});

test('in pieces of any size, in any order of calls and repeats, the rows are the same', () => {
  const events = finishedRun(RUN, {}, point(4), { type: 'heartbeat', time: 2, step: 5 }, point(2, 0.75));
  const reference = newPlace();
  writeJournal(reference, RUN, events);
  const whole = openAll(reference);
  whole.recorder.ingestAll();
  const expected = contents(whole.store);
  fc.assert(
    fc.property(fc.array(fc.nat(journalBytes(events).length), { maxLength: 6 }), cuts => {
      const place = newPlace();
      const { store, recorder } = openAll(place);
      for (const length of [...cuts.sort((a, b) => a - b), Number.POSITIVE_INFINITY]) {
        writeJournal(place, RUN, journalBytes(events).subarray(0, length));
        if (length % 2) recorder.ingestRun(RUN);
        else recorder.ingestAll();
      }
      expect(contents(store)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test('whatever bit is flipped behind the first frame, it costs one frame', () => {
  const events = finishedRun(RUN);
  const bytes = journalBytes(events);
  const first = journalBytes(events.slice(0, 1)).length;
  fc.assert(
    fc.property(fc.integer({ min: first * 8, max: bytes.length * 8 - 1 }), bit => {
      const place = newPlace();
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      writeJournal(place, RUN, flipped);
      const { recorder } = openAll(place);
      expect(recorder.ingestAll().events).toBe(events.length - 1);
    }),
    { numRuns: 40 },
  );
});

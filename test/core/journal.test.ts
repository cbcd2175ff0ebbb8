import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkMagic,
  decodeFrames,
  encodeFrame,
  fromWire,
  JOURNAL_MAGIC,
  type JournalEvent,
  toWire,
} from '../../src/core/journal.ts';

const heartbeat = (step: number): JournalEvent => ({ type: 'heartbeat', time: 1000 + step, step });
const points: JournalEvent = { type: 'points', time: 5, step: 1, values: { 'train.loss': 'NaN', 'train.top1': 0.5 } };
const end: JournalEvent = { type: 'end', time: 9, state: 'failed', step: 3, reason: 'divergé\n∞ "{' };
const events = [heartbeat(1), points, heartbeat(2), end];
const frames = events.map(encodeFrame);
const bytes = Buffer.concat(frames);
/** Where each frame ends. */
const ends = frames.map((_, i) => frames.slice(0, i + 1).reduce((sum, frame) => sum + frame.length, 0));

test('frames are decoded to the events that were encoded', () => {
  expect(decodeFrames(bytes)).toEqual({ events, consumed: bytes.length, tail: 'clean' });
  expect(decodeFrames(Buffer.alloc(0))).toEqual({ events: [], consumed: 0, tail: 'clean' });
});

test('cut at any byte, exactly the whole frames are read and the rest is a torn tail', () => {
  for (let length = 0; length <= bytes.length; length++) {
    const whole = ends.filter(at => at <= length).length;
    const consumed = ends[whole - 1] ?? 0;
    const tail = consumed === length ? 'clean' : 'torn';
    expect(decodeFrames(bytes.subarray(0, length))).toEqual({ events: events.slice(0, whole), consumed, tail });
  }
});

test('any flipped bit ends the reading at its frame: damage if more frames follow, else a torn tail', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), bit => {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      const hit = ends.findIndex(at => at > bit >> 3);
      const decoded = decodeFrames(flipped);
      expect(decoded.events).toEqual(events.slice(0, hit));
      expect(decoded.tail).toBe(hit === events.length - 1 ? 'torn' : 'damaged');
    }),
    { numRuns: 500 },
  );
});

test('whatever the bytes are, decoding does not throw and reads no more than there is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(3), (noise, kept) => {
      const prefix = Buffer.concat(frames.slice(0, kept));
      const decoded = decodeFrames(Buffer.concat([prefix, noise]));
      expect(decoded.events.slice(0, kept)).toEqual(events.slice(0, kept));
      expect(decoded.consumed).toBeLessThanOrEqual(prefix.length + noise.length);
    }),
  );
});

test('a text that holds the bytes of a frame as characters is not taken for one', () => {
  const inner: JournalEvent = { type: 'cell', time: 1, cell: frames[0]?.toString('latin1') ?? '' };
  const torn = encodeFrame(inner).subarray(0, -1);
  expect(decodeFrames(torn)).toEqual({ events: [], consumed: 0, tail: 'torn' });
});

test('an event that no reader would accept is not written', () => {
  const cell = 'x'.repeat(64 * 1024 * 1024);
  expect(() => encodeFrame({ type: 'cell', time: 1, cell })).toThrow(/"cell" takes 671\d+ bytes; .* at most 67108864/);
});

describe('checkMagic', () => {
  test('tells a whole magic from a torn one and from another file', () => {
    expect(checkMagic(Buffer.concat([JOURNAL_MAGIC, bytes]), 'x')).toBe(true);
    for (let length = 0; length < 8; length++) expect(checkMagic(JOURNAL_MAGIC.subarray(0, length), 'x')).toBe(false);
    expect(() => checkMagic(Buffer.from('PK\u0003\u0004'), 'a/journal')).toThrow(/^a\/journal: not a journal: .*"PK/);
  });
});

test('numbers that JSON lacks travel as words', () => {
  for (const value of [Number.NaN, Infinity, -Infinity, 0, -1.5e-300]) {
    expect(fromWire(JSON.parse(JSON.stringify(toWire(value))))).toBe(value);
  }
});

import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkMagic,
  decodeFrames,
  encodeFrame,
  frameBytes,
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
  expect(decodeFrames(Buffer.from('1234567{'))).toEqual({ events: [], consumed: 0, tail: 'torn' });
});

test('a text that holds the bytes of a frame as characters is not taken for one', () => {
  const inner: JournalEvent = { type: 'cell', time: 1, cell: frames[0]?.toString('latin1') ?? '' };
  const torn = encodeFrame(inner).subarray(0, -1);
  expect(decodeFrames(torn)).toEqual({ events: [], consumed: 0, tail: 'torn' });
});

test('how long a frame is, its header says; a length that cannot be is none', () => {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(64 * 1024 * 1024 + 1);
  expect(frameBytes(header)).toBeNull();
  expect(frameBytes(header.subarray(0, 7))).toBe(8);
  expect(frameBytes(frames[0] as Buffer)).toBe(frames[0]?.length);
});

test.each(['null', '[]', '7', '{', '{"type":1,"time":1}', '{"type":"end"}', '{"type":"end","time":"1"}', ''])(
  'a payload %j is no event, and costs its frame',
  payload => {
    const frame = frameOf(Buffer.from(payload));
    const whole = frames[0] as Buffer;
    expect(decodeFrames(Buffer.concat([whole, frame]))).toEqual({
      events: [events[0]],
      consumed: whole.length,
      tail: 'torn',
    });
    expect(decodeFrames(Buffer.concat([frame, whole]))).toEqual({
      events: [],
      consumed: 0,
      tail: 'damaged',
      next: frame.length,
    });
  },
);

/** With a length and a checksum that are right. */
function frameOf(payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([header, payload]);
}

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

test('an event of 64 MiB is the longest that is written, and is read', () => {
  const most = 64 * 1024 * 1024;
  const rest = encodeFrame({ type: 'cell', time: 1, cell: '' }).length - 8;
  const longest = encodeFrame({ type: 'cell', time: 1, cell: 'x'.repeat(most - rest) });
  expect(frameBytes(longest)).toBe(most + 8);
  expect(decodeFrames(longest)).toMatchObject({ consumed: most + 8, tail: 'clean' });
  const cell = 'x'.repeat(most - rest + 1);
  expect(() => encodeFrame({ type: 'cell', time: 1, cell })).toThrow(
    'an event of type "cell" takes 67108865 bytes; a journal holds at most 67108864.',
  );
  const longer = frameOf(Buffer.from(JSON.stringify({ type: 'cell', time: 1, cell })));
  expect(decodeFrames(longer)).toEqual({ events: [], consumed: 0, tail: 'torn' });
});

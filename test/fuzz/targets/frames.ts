import { crc32 } from 'node:zlib';
import { encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../../src/core/journal.ts';

const RUN = '0123456789ab';

/** A journal with every kind of event. */
const EVENTS: readonly JournalEvent[] = [
  { type: 'attempt', time: 1e12, run: RUN, attempt: 1, pid: 7, processStart: '7', host: 'h', fromStep: 0 },
  { type: 'cell', time: 1e12, cell: { experiment: 'e', arm: 'a', seed: 1, tier: 'smoke', identity: 'f'.repeat(64) } },
  { type: 'provenance', time: 1e12 + 1, provenance: { machine: { cpu: 'c', cores: 2 }, versions: { node: '20' } } },
  { type: 'points', time: 1e12 + 2, step: 1, values: { train_loss: 2.3, train_error: 0.5 } },
  { type: 'points', time: 1e12 + 3, step: 2, values: { train_loss: 'NaN', train_error: 'Infinity' } },
  { type: 'heartbeat', time: 1e12 + 4, step: 2 },
  { type: 'metric', time: 1e12 + 5, name: 'test_error', value: 0.25 },
  { type: 'artifact', time: 1e12 + 6, name: 'x', path: 'x.bin', sha256: '0'.repeat(64), bytes: 3 },
  { type: 'end', time: 1e12 + 7, state: 'finished', step: 2 },
];

export const JOURNAL: Buffer = Buffer.concat([JOURNAL_MAGIC, ...EVENTS.map(encodeFrame)]);

/** As if a writer had written these payloads: lengths and checksums are right wherever a payload is an object of JSON. */
export function sealFrames(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const payloads = text
    .split(/(?<=\})[^{}"]{0,8}(?=\{"type")/s)
    .map(part => part.slice(Math.max(0, part.indexOf('{'))));
  return Buffer.concat([JOURNAL_MAGIC, ...payloads.map(payload => frameOf(Buffer.from(payload, 'latin1')))]);
}

function frameOf(payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([header, payload]);
}

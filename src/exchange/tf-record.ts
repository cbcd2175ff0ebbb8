/**
 * TFRecord, the frames of TensorBoard's event files (tensorflow/core/lib/io/record_writer.h): length as u64, masked
 * CRC-32C of the length, data, masked CRC-32C of the data; all little-endian.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../core/errors.ts';

const HEADER_BYTES = 12;
const FOOTER_BYTES = 4;
/** A summary with a picture has some megabytes. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export function encodeRecord(data: Uint8Array): Buffer {
  const record = Buffer.alloc(HEADER_BYTES + data.length + FOOTER_BYTES);
  record.writeBigUInt64LE(BigInt(data.length), 0);
  record.writeUInt32LE(maskedCrc(record.subarray(0, 8)), 8);
  record.set(data, HEADER_BYTES);
  record.writeUInt32LE(maskedCrc(data), HEADER_BYTES + data.length);
  return record;
}

/** The records of a file. One that is cut off at its end ends them: its writer may be at it still. Throws on damage. */
export function* readRecords(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let bytes = Buffer.alloc(0);
    for (let offset = 0, start = 0; ; ) {
      const hasHeader = bytes.length - start >= HEADER_BYTES;
      const needed = hasHeader ? recordBytes(bytes, start, path, offset) : HEADER_BYTES;
      if (!hasHeader || bytes.length - start < needed) {
        const more = readChunk(file, Math.max(CHUNK_BYTES, needed));
        if (more.length === 0) return;
        bytes = Buffer.concat([bytes.subarray(start), more]);
        start = 0;
        continue;
      }
      yield checked(bytes.subarray(start, start + needed), path, offset);
      start += needed;
      offset += needed;
    }
  } finally {
    closeSync(file);
  }
}

/** CRC-32C, rotated and shifted so that a CRC of data that holds CRCs stays meaningful. */
export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function recordBytes(bytes: Buffer, start: number, path: string, offset: number): number {
  const length = bytes.readBigUInt64LE(start);
  const crcIsWrong = maskedCrc(bytes.subarray(start, start + 8)) !== bytes.readUInt32LE(start + 8);
  if (crcIsWrong) throw damaged(path, offset, 'a record whose length has its checksum');
  if (length > MAX_RECORD_BYTES)
    throw damaged(path, offset, `a record of at most ${MAX_RECORD_BYTES} bytes, got ${length}`);
  return HEADER_BYTES + Number(length) + FOOTER_BYTES;
}

function checked(record: Buffer, path: string, offset: number): Buffer {
  const data = record.subarray(HEADER_BYTES, -FOOTER_BYTES);
  if (maskedCrc(data) === record.readUInt32LE(record.length - FOOTER_BYTES)) return data;
  throw damaged(path, offset, 'a record whose data has its checksum');
}

function readChunk(file: number, size: number): Buffer {
  const chunk = Buffer.allocUnsafe(size);
  return chunk.subarray(0, readSync(file, chunk, 0, size, null));
}

const damaged = (path: string, offset: number, expected: string): UserError =>
  new UserError(`${path}: byte ${offset}: expected ${expected}: this is no TensorBoard event file, or it is damaged.`);

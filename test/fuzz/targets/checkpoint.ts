import { readFileSync } from 'node:fs';
import { sha256 } from '../../../src/core/ids.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src/engine/checkpoint.ts';
import { mutated } from '../mutated.ts';
import { fileOf } from '../scratch.ts';
import type { FuzzTarget } from '../target.ts';

const IDENTITY = 'a'.repeat(64);

export default {
  inputs: mutated([sample()], seal),
  weight: 5,
  read: bytes => readCheckpoint(fileOf('checkpoint', bytes), IDENTITY),
} satisfies FuzzTarget;

function sample(): Buffer {
  const path = fileOf('checkpoint', Buffer.alloc(0));
  const shapes = { 'conv1/kernel': [3, 3, 1, 2], 'fc/bias': [2] };
  const values = { 'conv1/kernel': new Float32Array(18).fill(0.5), 'fc/bias': Float32Array.of(1, Number.NaN) };
  writeCheckpoint(path, { step: 100, identity: IDENTITY, shapes, values });
  return readFileSync(path);
}

/** The checksum is that of whatever stands behind the header. */
function seal(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf('}') + 1;
  const header = bytes.toString('latin1', 8, end);
  const sealed = header.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${sha256(bytes.subarray(end))}"`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(sealed.length));
  return Buffer.concat([length, Buffer.from(sealed, 'latin1'), bytes.subarray(end)]);
}

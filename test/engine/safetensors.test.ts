import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { readSafetensors, writeSafetensors } from '../../src/engine/safetensors.ts';
import { newFolder } from '../new-folder.ts';

const folder = newFolder(afterAll);
const path = join(folder, 'weights.safetensors');

/** A file with this header and these bytes behind it. */
function write(header: unknown, data: Uint8Array = new Uint8Array(0)): void {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([length, json, data]));
}

const place = (from: number, to: number, dtype = 'F32', shape = [(to - from) / 4]) => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

test('what is read is what was written, names beyond ASCII and scalars too', () => {
  const tensors = {
    γ: { shape: [2, 1], values: Float32Array.of(1e-40, -0) },
    scalar: { shape: [], values: Float32Array.of(Number.NaN) },
    empty: { shape: [0, 3], values: new Float32Array(0) },
  };
  writeSafetensors(path, tensors, { format: 'pt' });
  const file = readSafetensors(path);
  expect(file.metadata).toEqual({ format: 'pt' });
  expect([...file.shapes.keys()]).toEqual(Object.keys(tensors));
  for (const [name, tensor] of Object.entries(tensors)) expect(file.read(name)).toEqual(tensor);
  expect(Number(readFileSync(path).readBigUInt64LE(0)) % 8).toBe(0);
});

test('half floats of both kinds become the numbers that they are', () => {
  const bits = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
  write({ a: place(0, 14, 'F16', [7]) }, bits(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x7e00));
  expect(readSafetensors(path).read('a').values).toEqual(
    Float32Array.of(1, -2, 65504, 2 ** -24, -0, Number.POSITIVE_INFINITY, Number.NaN),
  );
  write({ a: place(0, 8, 'BF16', [4]) }, bits(0x3f80, 0xc000, 0x4049, 0xff80));
  expect(readSafetensors(path).read('a').values).toEqual(Float32Array.of(1, -2, 3.140625, Number.NEGATIVE_INFINITY));
});

test('tensors of other types may be there, until they are read', () => {
  write({ count: place(0, 8, 'I64', []), a: place(8, 12) }, new Uint8Array(12));
  const file = readSafetensors(path);
  expect(file.read('a').values).toEqual(new Float32Array(1));
  expect(() => file.read('count')).toThrow(/tensor count: its type I64 is not one of F32, F16, BF16/);
  expect(() => file.read('b')).toThrow(/it has no tensor b, only count, a/);
});

const ZEROS = new Uint8Array(8);
test.each<[string, () => void, RegExp]>([
  ['an empty file', () => writeFileSync(path, ''), /it has 0 bytes, too few for a header/],
  ['a zip archive', () => writeFileSync(path, 'PK\x03\x04 and the rest'), /begins like a zip archive/],
  [
    'HDF5',
    () => writeFileSync(path, Buffer.from('\x89HDF\r\n\x1a\n and the rest', 'latin1')),
    /begins like an HDF5 file/,
  ],
  ['text', () => writeFileSync(path, 'weights of a net'), /begins like no safetensors file/],
  ['a header that is cut', () => write({ a: place(0, 8) }), /truncated: its tensors need 8 bytes and 0 are there/],
  ['data too many', () => write({ a: place(0, 4) }, ZEROS), /4 bytes at its end belong to no tensor/],
  ['an overlap', () => write({ a: place(0, 8), b: place(4, 8) }, ZEROS), /tensor b overlaps the one before it/],
  ['a gap', () => write({ a: place(4, 8) }, ZEROS), /tensor a lies behind a gap/],
  ['a size', () => write({ a: place(0, 8, 'F32', [3]) }, ZEROS), /tensor a of F32 \[3\] needs 12 bytes and has 8/],
  ['a type', () => write({ a: place(0, 8, 'F31') }, ZEROS), /unknown dtype "F31"/],
  ['a shape', () => write({ a: place(0, 8, 'F32', [-2]) }, ZEROS), /no shape but \[-2\]/],
  ['a place', () => write({ a: { dtype: 'F32', shape: [], data_offsets: [4, 0] } }, ZEROS), /no place but \[4,0\]/],
  ['metadata', () => write({ __metadata__: { epoch: 3 } }), /__metadata__ is not text by name/],
  ['JSON', () => write('{"a": '), /expected a whole safetensors file, but/],
])('%s is refused in one line', (_what, make, message) => {
  make();
  expect(() => readSafetensors(path)).toThrow(message);
  expect(() => readSafetensors(path)).toThrow(UserError);
});

test('every truncation is refused', () => {
  writeSafetensors(path, { a: { shape: [3], values: Float32Array.of(1, 2, 3) } });
  const whole = readFileSync(path);
  for (let size = 0; size < whole.length; size++) {
    writeFileSync(path, whole.subarray(0, size));
    expect(() => readSafetensors(path), `${size} bytes`).toThrow(UserError);
  }
  rmSync(path);
  expect(() => readSafetensors(path)).toThrow(/cannot be read/);
});

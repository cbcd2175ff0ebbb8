import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/engine/checkpoint.ts';
import { newFolder } from '../new-folder.ts';

const folder = newFolder(afterAll);
const path = join(folder, 'last.checkpoint');

const example: Checkpoint = {
  step: 7,
  identity: 'a'.repeat(64),
  shapes: { 'conv/kernel': [2, 3], 'conv/bias': [3], scalar: [] },
  values: {
    'conv/kernel': Float32Array.of(1, -2, 3.5, Number.NaN, Number.POSITIVE_INFINITY, 1e-40),
    'conv/bias': Float32Array.of(0, -0, 0.1),
    scalar: Float32Array.of(42),
  },
};

test('what is read is what was written, bit for bit', () => {
  writeCheckpoint(path, example);
  expect(readCheckpoint(path, example.identity)).toEqual(example);
  expect(readdirSync(folder)).toEqual(['last.checkpoint']);
});

test('the layout is that of safetensors', () => {
  writeCheckpoint(path, example);
  const bytes = readFileSync(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
  expect(header['conv/bias']).toEqual({ dtype: 'F32', shape: [3], data_offsets: [24, 36] });
  expect(bytes.length).toBe(8 + length + 40);
});

test('another cell, a truncated file, any flipped bit: one line that says what to do', () => {
  writeCheckpoint(path, example);
  const whole = readFileSync(path);
  expect(() => readCheckpoint(path, 'b'.repeat(64))).toThrow(
    /it belongs to the cell aaaaaaaaaaaa, not bbbbbbbbbbbb\. Delete it/,
  );
  for (let size = 0; size < whole.length; size++) {
    writeFileSync(path, whole.subarray(0, size));
    expect(() => readCheckpoint(path, example.identity), `${size} bytes`).toThrow(/expected a checkpoint of this cell/);
  }
  const data = 8 + Number(whole.readBigUInt64LE(0));
  fc.assert(
    fc.property(fc.integer({ min: data, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 }), (position, bit) => {
      const damaged = Buffer.from(whole);
      damaged[position] = (damaged[position] as number) ^ (1 << bit);
      writeFileSync(path, damaged);
      expect(() => readCheckpoint(path, example.identity)).toThrow(/do not match its checksum/);
    }),
  );
});

test.each([
  ['identity', 'identitY', 'names no cell'],
  ['"step":"7"', '"stem":"7"', 'gives undefined as the step'],
  ['"step":"7"', '"step":"-"', 'gives - as the step'],
])('a header with %s damaged to %s', (from, to, said) => {
  writeCheckpoint(path, example);
  const whole = readFileSync(path, 'latin1');
  writeFileSync(path, whole.replace(from, to), 'latin1');
  expect(() => readCheckpoint(path, example.identity)).toThrow(said);
});

/**
 * Checkpoints: all variables of a program and the step they belong to, in one file of the safetensors layout
 * (u64le length, JSON header, raw little-endian float32), written atomically, with a checksum of the data.
 */
import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { describeError, EXIT, UserError } from '../core/errors.ts';
import { sha256 } from '../core/ids.ts';
import { sizeOf } from '../core/parameters.ts';

export interface Checkpoint {
  /** Steps done. */
  step: number;
  /** Identity of the cell it belongs to. */
  identity: string;
  shapes: Record<string, readonly number[]>;
  values: Record<string, Float32Array>;
}

interface TensorEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** A kill in the middle leaves the checkpoint that was there. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  writeFileAtomically(path, encode(checkpoint));
}

/** Throws one line if the file is truncated, altered, or belongs to another cell. */
export function readCheckpoint(path: string, identity: string): Checkpoint {
  const checkpoint = decode(readFileSync(path), path);
  if (checkpoint.identity !== identity) {
    throw damaged(path, `it belongs to the cell ${checkpoint.identity.slice(0, 12)}, not ${identity.slice(0, 12)}`);
  }
  return checkpoint;
}

function encode({ step, identity, shapes, values }: Checkpoint): Buffer[] {
  let offset = 0;
  const entries: Record<string, TensorEntry> = {};
  const data = Object.entries(values).map(([name, tensor]) => {
    const end = offset + tensor.byteLength;
    entries[name] = { dtype: 'F32', shape: [...(shapes[name] as readonly number[])], data_offsets: [offset, end] };
    offset = end;
    return Buffer.from(tensor.buffer, tensor.byteOffset, tensor.byteLength);
  });
  const metadata = { step: String(step), identity, sha256: sha256(Buffer.concat(data)) };
  const json = JSON.stringify({ __metadata__: metadata, ...entries });
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return [length, header, ...data];
}

function decode(bytes: Buffer, path: string): Checkpoint {
  const { header, data } = split(bytes, path);
  const { __metadata__: metadata, ...entries } = header;
  if (sha256(data) !== metadata.sha256) throw damaged(path, 'its data do not match its checksum');
  const tensors = Object.entries(entries as Record<string, TensorEntry>);
  return {
    step: Number(metadata.step),
    identity: metadata.identity as string,
    shapes: Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape])),
    values: Object.fromEntries(tensors.map(([name, entry]) => [name, tensorAt(data, entry)])),
  };
}

type Header = { __metadata__: Record<string, string> } & Record<string, unknown>;

function split(bytes: Buffer, path: string): { header: Header; data: Buffer } {
  try {
    const end = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, end).toString('utf8')) as Header;
    if (typeof header.__metadata__?.sha256 !== 'string') throw new Error('no checksum in its header');
    return { header, data: bytes.subarray(end) };
  } catch (error) {
    throw damaged(path, `its header cannot be read (${describeError(error)})`);
  }
}

/** A copy: the file's bytes need not lie at a multiple of four. */
function tensorAt(data: Buffer, { shape, data_offsets: [from] }: TensorEntry): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  new Uint8Array(values.buffer).set(data.subarray(from, from + values.byteLength));
  return values;
}

function damaged(path: string, why: string): UserError {
  const remedy = 'Delete it to start the cell from its first step.';
  return new UserError(`${path}: expected a checkpoint of this cell, but ${why}. ${remedy}`, { exitCode: EXIT.noData });
}

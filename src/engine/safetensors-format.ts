/**
 * Tensors by name in one piece of memory, in the safetensors layout: u64le length of the header, the header as JSON (dtype,
 * shape and place of each tensor, and text by name), the values of all tensors row by row, little-endian, without gaps.
 */
import { isObject } from '../core/is-object.ts';
import type { Shape } from '../core/net.ts';
import { sizeOf } from '../core/parameters.ts';
import { DTYPE_BYTES, decodeValues } from './safetensors-values.ts';

export interface NamedTensor {
  shape: Shape;
  values: Float32Array;
}

export interface Entry {
  dtype: string;
  shape: readonly number[];
  data_offsets: readonly [from: number, to: number];
}

/** A file taken apart, its tensors not yet looked at. */
export interface SafetensorsParts {
  metadata: Readonly<Record<string, string>>;
  entries: ReadonlyMap<string, Entry>;
  data: Buffer;
}

/** The reference implementation's limit. */
const LONGEST_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

/** The bytes of a file, in pieces. */
export function encodeSafetensors(
  tensors: Readonly<Record<string, NamedTensor>>,
  metadata: Readonly<Record<string, string>>,
): Buffer[] {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]): [string, Entry] => {
    const from = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [from, offset] }];
  });
  const json = Buffer.from(JSON.stringify({ [METADATA]: metadata, ...Object.fromEntries(entries) }));
  // Spaces behind it, so that the values begin at a multiple of eight.
  const header = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(header);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(header.length));
  return [length, header, ...Object.values(tensors).map(({ values }) => bytesOf(values))];
}

export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Takes a file apart by its header. Throws an `Error` whose message is the reason. */
export function splitSafetensors(bytes: Buffer): SafetensorsParts {
  const end = headerEnd(bytes);
  const header: unknown = JSON.parse(bytes.subarray(LENGTH_BYTES, end).toString('utf8'));
  if (!isObject(header)) throw new Error('its header is not an object');
  const { [METADATA]: metadata = {}, ...tensors } = header;
  if (!isObject(metadata) || !Object.values(metadata).every(value => typeof value === 'string'))
    throw new Error(`${METADATA} is not text by name`);
  const entries = Object.entries(tensors).map(([name, entry]) => [name, checkEntry(name, entry)] as const);
  return { metadata: metadata as Record<string, string>, entries: new Map(entries), data: bytes.subarray(end) };
}

/** Throws an `Error` with the reason unless every byte of the data belongs to exactly one tensor of its size. */
export function checkLayout({ entries, data }: SafetensorsParts): void {
  const inOrder = [...entries].sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let end = 0;
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of inOrder) {
    const size = sizeOf(shape) * (DTYPE_BYTES[dtype] as number);
    if (to - from !== size)
      throw new Error(`tensor ${name} of ${dtype} [${shape}] needs ${size} bytes and has ${to - from}`);
    if (from !== end)
      throw new Error(`tensor ${name} ${from < end ? 'overlaps the one before it' : 'lies behind a gap'}`);
    end = to;
  }
  if (data.length < end) throw new Error(`it is truncated: its tensors need ${end} bytes and ${data.length} are there`);
  if (data.length > end) throw new Error(`${data.length - end} bytes at its end belong to no tensor`);
}

/** Float32 values of a tensor; a copy, since the file's bytes need not lie at a multiple of four. */
export function tensorValues(data: Buffer, { dtype, data_offsets: [from, to] }: Entry): Float32Array {
  return decodeValues(dtype, data.subarray(from, to));
}

function headerEnd(bytes: Buffer): number {
  if (bytes.length < LENGTH_BYTES) throw new Error(`it has ${bytes.length} bytes, too few for a header`);
  const length = bytes.readBigUInt64LE(0);
  const end = LENGTH_BYTES + Number(length);
  if (length > LONGEST_HEADER_BYTES || (end > bytes.length && bytes[LENGTH_BYTES] !== 0x7b))
    throw new Error(`it begins like ${foreignKind(bytes)}`);
  if (end > bytes.length) throw new Error(`it is truncated: its header ends at byte ${end} and it has ${bytes.length}`);
  if (bytes[LENGTH_BYTES] !== 0x7b) throw new Error('its header does not begin with {');
  return end;
}

function foreignKind(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return 'a zip archive (torch.save and Keras write such)';
  if (bytes.subarray(1, 4).toString('latin1') === 'HDF') return 'an HDF5 file (Keras writes such)';
  return 'no safetensors file';
}

function checkEntry(name: string, entry: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (isObject(entry) ? entry : {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPE_BYTES, dtype))
    throw new Error(`tensor ${name} has an unknown dtype ${JSON.stringify(dtype)}`);
  if (!areCounts(shape)) throw new Error(`tensor ${name} has no shape but ${JSON.stringify(shape)}`);
  if (!areCounts(offsets) || offsets.length !== 2 || (offsets[0] as number) > (offsets[1] as number))
    throw new Error(`tensor ${name} has no place but ${JSON.stringify(offsets)}`);
  return { dtype, shape, data_offsets: offsets as [number, number] };
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(one => Number.isSafeInteger(one) && one >= 0);
}

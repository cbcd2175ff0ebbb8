/**
 * Numeric arrays of a MATLAB 5 file ("MAT-File Format", MathWorks, chapter 1), little-endian, compressed or not: as much of
 * the format as published datasets use.
 */
import { inflateSync } from 'node:zlib';
import { UserError } from '../core/errors.ts';

const HEADER_BYTES = 128;
const COMPRESSED = 15;
const MATRIX = 14;
/** Types of stored numbers: whatever class an array has, its numbers take the smallest type that holds them. */
const READERS: Record<number, (bytes: Buffer) => ArrayLike<number>> = {
  1: bytes => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  2: bytes => bytes,
  3: bytes => numbers(bytes, 2, at => bytes.readInt16LE(at)),
  4: bytes => numbers(bytes, 2, at => bytes.readUInt16LE(at)),
  5: bytes => numbers(bytes, 4, at => bytes.readInt32LE(at)),
  6: bytes => numbers(bytes, 4, at => bytes.readUInt32LE(at)),
  9: bytes => numbers(bytes, 8, at => bytes.readDoubleLE(at)),
};

export interface MatArray {
  dimensions: number[];
  /** The first dimension varies fastest. */
  values: ArrayLike<number>;
}

interface Element {
  type: number;
  data: Buffer;
  /** Where the next one begins. */
  end: number;
}

/** All numeric arrays by name. `where` is named in messages. */
export function parseMat(bytes: Buffer, where: string): Map<string, MatArray> {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 126, 128) !== 'IM')
    throw new UserError(`${where}: expected a MATLAB 5 file, little-endian, got something else.`);
  try {
    return new Map(elementsOf(bytes, HEADER_BYTES).flatMap(asArray));
  } catch (cause) {
    throw new UserError(`${where}: expected a whole MATLAB 5 file, got a damaged one.`, { cause });
  }
}

function elementsOf(bytes: Buffer, from: number): Element[] {
  const elements: Element[] = [];
  for (let at = from; at < bytes.length; at = (elements.at(-1) as Element).end) elements.push(elementAt(bytes, at));
  return elements;
}

/** Data of at most four bytes stand in the tag itself, whose upper half then is their length. */
function elementAt(bytes: Buffer, at: number): Element {
  const type = bytes.readUInt32LE(at);
  const isSmall = type >>> 16 !== 0;
  const length = isSmall ? type >>> 16 : bytes.readUInt32LE(at + 4);
  const from = isSmall ? at + 4 : at + 8;
  if (from + length > bytes.length) throw new RangeError(`${length} bytes at ${from} of ${bytes.length}`);
  const padding = type === COMPRESSED ? 0 : -(from + length) & 7;
  return { type: type & 0xffff, data: bytes.subarray(from, from + length), end: from + length + padding };
}

function asArray(element: Element): [string, MatArray][] {
  if (element.type === COMPRESSED) return elementsOf(inflateSync(element.data), 0).flatMap(asArray);
  if (element.type !== MATRIX) return [];
  const [, dimensions, name, values] = elementsOf(element.data, 0);
  if (!dimensions || !name || !values || !READERS[values.type]) return [];
  const sizes = Array.from(readNumbers(dimensions));
  return [[name.data.toString('latin1'), { dimensions: sizes, values: readNumbers(values) }]];
}

function readNumbers({ type, data }: Element): ArrayLike<number> {
  const read = READERS[type];
  if (!read) throw new RangeError(`numbers of type ${type}`);
  return read(data);
}

function numbers(bytes: Buffer, size: number, read: (at: number) => number): Float64Array {
  return Float64Array.from({ length: bytes.length / size }, (_, i) => read(i * size));
}

/** IDX, the format of MNIST and its relatives (LeCun, Cortes & Burges): big-endian header, then bytes. */
import { type ImageSet, setInMemory } from '../core/dataset.ts';
import { UserError } from '../core/errors.ts';

const IMAGES_MAGIC = 0x803;
const LABELS_MAGIC = 0x801;

/** `where` is named in the messages. */
export interface IdxFile {
  bytes: Buffer;
  where: string;
}

/** Images of this shape [rows, columns, 1], each with its label below `classes`. Views of the given bytes. */
export function parseIdxSet(
  images: IdxFile,
  labels: IdxFile,
  shape: readonly [number, number, number],
  classes: number,
): ImageSet {
  const { count, rows, columns, pixels } = parseIdxImages(images.bytes, images.where);
  if (rows !== shape[0] || columns !== shape[1])
    throw new UserError(`${images.where}: expected images of ${shape[0]}×${shape[1]}, got ${rows}×${columns}.`);
  const classIndices = parseIdxLabels(labels.bytes, classes, labels.where);
  if (classIndices.length === count) return setInMemory(pixels, shape, classIndices);
  throw new UserError(
    `${labels.where}: expected a label for each of the ${count} images of ${images.where}, got ${classIndices.length}.`,
  );
}

/** Bytes [count, rows, columns], a view of `bytes`. */
export function parseIdxImages(
  bytes: Buffer,
  where: string,
): { count: number; rows: number; columns: number; pixels: Uint8Array } {
  const [count, rows, columns] = readHeader(bytes, IMAGES_MAGIC, 3, where) as [number, number, number];
  return { count, rows, columns, pixels: body(bytes, 16, count * rows * columns, where) };
}

/** Class indices, a view of `bytes`; each is below `classes`. */
export function parseIdxLabels(bytes: Buffer, classes: number, where: string): Uint8Array {
  const [count] = readHeader(bytes, LABELS_MAGIC, 1, where) as [number];
  const labels = body(bytes, 8, count, where);
  const wrong = labels.findIndex(label => label >= classes);
  if (wrong >= 0)
    throw new UserError(`${where}: expected labels below ${classes}, got ${labels[wrong]} at position ${wrong}.`);
  return labels;
}

function readHeader(bytes: Buffer, magic: number, dimensions: number, where: string): number[] {
  const size = 4 + 4 * dimensions;
  if (bytes.length === 0) throw new UserError(`${where}: expected an IDX file, got an empty one.`);
  if (bytes.length < size) throw new UserError(`${where}: expected an IDX file, got only ${bytes.length} bytes.`);
  const got = bytes.readUInt32BE(0);
  if (got !== magic) throw new UserError(`${where}: expected the IDX magic number ${hex(magic)}, got ${hex(got)}.`);
  return Array.from({ length: dimensions }, (_, index) => bytes.readUInt32BE(4 + 4 * index));
}

function body(bytes: Buffer, offset: number, size: number, where: string): Uint8Array {
  const got = bytes.length - offset;
  if (got !== size) throw new UserError(`${where}: its header announces ${size} bytes of data, but ${got} follow.`);
  return new Uint8Array(bytes.buffer, bytes.byteOffset + offset, size);
}

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Image sets whose pictures lie in a pack: in memory if they are small, else read one by one. */
import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSet, LoadedDataset } from '../core/dataset.ts';
import { refusal, type UserError } from '../core/errors.ts';
import { permutation, stream } from '../core/random.ts';
import { Histogram } from './_moments.ts';
import { decodePlace, PLACE_BYTES, type Place } from './_pack-index.ts';
import { type PackState, packFiles } from './_pack-state.ts';
import { SizeRange } from './_size-range.ts';

export type Packed = Pick<LoadedDataset, 'shape' | 'sizesDiffer' | 'train' | 'test' | 'mean' | 'std'>;

/** Smaller packs are held in memory; `BENCH_PACK_MEMORY_MB` says another limit. */
const MEMORY_MB = 1024;

/** Of a complete pack. Memory that grows with the set: 16 bytes an image for places, 6 for numbers and labels. */
export function openPack(folder: string, state: PackState, memoryBytes = memoryLimit()): Packed {
  const places = readFileSync(join(folder, packFiles.places));
  if (places.length !== state.images * PLACE_BYTES) throw damagedPack(join(folder, packFiles.places));
  const read = pixelReader(join(folder, packFiles.pixels), state.pixelBytes, memoryBytes);
  const sizes = new SizeRange();
  for (let index = 0; index < state.images; index++) sizes.add(decodePlace(places, index));
  const [train, test] = (['train', 'test'] as const).map(set => packedSet(places, set, read)) as [ImageSet, ImageSet];
  return { ...sizes.shape(), train, test, ...new Histogram(3, state.histogram).moments() };
}

const memoryLimit = (): number => 2 ** 20 * Number(process.env.BENCH_PACK_MEMORY_MB ?? MEMORY_MB);

type ReadPixels = (offset: number, bytes: number) => Uint8Array;

/** Folders come class by class. In an order that is drawn once, the first so many images are of all classes. */
function packedSet(places: Buffer, set: Place['set'], read: ReadPixels): ImageSet {
  const members: number[] = [];
  for (let index = 0; index * PLACE_BYTES < places.length; index++) {
    const place = decodePlace(places, index);
    if (place.set === set && place.height > 0) members.push(index);
  }
  const numbers = permutation(members.length, stream(0, 'pack order')).map(at => members[at] as number);
  const labels = Uint16Array.from(numbers, index => decodePlace(places, index).label);
  const image = (index: number) => {
    const { offset, height, width } = decodePlace(places, numbers[index] as number);
    return { height, width, pixels: read(offset, height * width * 3) };
  };
  return { count: numbers.length, labels, image };
}

function pixelReader(path: string, size: number, memoryBytes: number): ReadPixels {
  if (size < memoryBytes) {
    const all = readFileSync(path);
    if (all.length !== size) throw damagedPack(path);
    return (offset, bytes) => all.subarray(offset, offset + bytes);
  }
  const file = openSync(path, 'r');
  let buffer = Buffer.alloc(0);
  return (offset, bytes) => {
    if (buffer.length < bytes) buffer = Buffer.alloc(bytes);
    readFully(file, buffer, offset, bytes, path);
    return buffer.subarray(0, bytes);
  };
}

function readFully(file: number, buffer: Buffer, offset: number, bytes: number, path: string): void {
  for (let done = 0; done < bytes; ) {
    const read = readSync(file, buffer, done, bytes - done, offset + done);
    if (read === 0) throw damagedPack(path);
    done += read;
  }
}

function damagedPack(path: string): UserError {
  return refusal(`${path}: shorter than it was written. Delete its folder: it is made anew.`);
}

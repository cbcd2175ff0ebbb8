/** Files of datasets in the per-user cache: each known by its SHA-256, put there whole or not at all. */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatasetCheck } from '../core/dataset.ts';
import { describeError, errorCode, refusal, type UserError } from '../core/errors.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { cacheDir } from '../core/places.ts';

export interface DataFile {
  name: string;
  /** Of the file as it lies in the cache, not compressed. */
  sha256: string;
  bytes: number;
}

export const fingerprintOf = (files: readonly DataFile[]): string =>
  hashOf(files.map(({ name, sha256 }) => [name, sha256]));

export const dataFolder = (dataset: string): string => join(cacheDir(), 'data', dataset);

export const dataPath = (dataset: string, file: Pick<DataFile, 'name'>): string => join(dataFolder(dataset), file.name);

/** Missing or of another size: found without reading them. */
export function checkFiles(dataset: string, files: readonly DataFile[]): DatasetCheck {
  const folder = dataFolder(dataset);
  const missing = files.filter(file => !hasItsSize(dataset, file));
  if (missing.length === 0) return { name: dataset, ready: true, detail: folder };
  const detail = `${missing.length} of ${files.length} files are not in ${folder}: fetched when a run asks for them.`;
  return { name: dataset, ready: false, detail };
}

/** The file's bytes, verified. */
export function readVerified(dataset: string, file: DataFile): Buffer {
  const path = dataPath(dataset, file);
  const bytes = readCached(path);
  if (isExpected(bytes, file)) return bytes;
  const [expected, got] =
    bytes.length === file.bytes
      ? [`SHA-256 ${file.sha256.slice(0, 12)}…`, `${sha256(bytes).slice(0, 12)}…`]
      : [`${file.bytes} bytes`, `${bytes.length}`];
  throw refusal(`${path}: changed since it was fetched: expected ${expected}, got ${got}. Delete it. ${REFETCH}`);
}

/** Whether the cache has the very file. */
export function isPresent(dataset: string, file: DataFile): boolean {
  return hasItsSize(dataset, file) && isExpected(readFileSync(dataPath(dataset, file)), file);
}

export function isExpected(bytes: Buffer, file: DataFile): boolean {
  return bytes.length === file.bytes && sha256(bytes) === file.sha256;
}

/** Whoever looks at `path` sees the file as it was or the new one. `incoming` is a folder on the same disk. */
export function writeAtomically(path: string, bytes: Buffer, incoming: string): void {
  const temporary = join(incoming, `${basename(path)}.new`);
  writeFileSync(temporary, bytes, { flush: true });
  renameSync(temporary, path);
}

/** What `read` has to say, as a list of none or one. */
export function problemOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [describeError(error)];
  }
}

/** One line for a cache that cannot be read or written. */
export function unusableCache(folder: string, error: unknown): UserError {
  const reason = errorCode(error) === 'ENOSPC' ? 'the disk is full' : describeError(error);
  const remedy = 'Make room or give access to it, or choose another folder with BENCH_CACHE_DIR.';
  return refusal(`${folder}: the cache cannot be used (${reason}). ${remedy}`, error);
}

const REFETCH = 'The next "npx bench run" fetches it.';

function readCached(path: string): Buffer {
  if (!existsSync(path)) throw refusal(`${path}: missing. ${REFETCH}`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw unusableCache(path, error);
  }
}

function hasItsSize(dataset: string, file: DataFile): boolean {
  return statSync(dataPath(dataset, file), { throwIfNoEntry: false })?.size === file.bytes;
}

/** Files of datasets in the per-user cache: each known by its SHA-256, put there whole or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetCheck } from '../core/dataset.ts';
import { describeError, EXIT, errorCode, UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { hashOf } from '../core/ids.ts';
import { cacheDir } from '../core/places.ts';

export interface DataFile {
  name: string;
  /** Of the file as it lies in the cache, not compressed. */
  sha256: string;
  bytes: number;
}

/** Where files can come from. Returns those it has, uncompressed, by name; throws if it has none. */
export interface Source {
  /** As a person would call it. */
  name: string;
  read(report: (line: string) => void): Promise<ReadonlyMap<string, Buffer>>;
}

export const fingerprintOf = (files: readonly DataFile[]): string =>
  hashOf(files.map(({ name, sha256 }) => [name, sha256]));

export const dataFolder = (dataset: string): string => join(cacheDir(), 'data', dataset);

/** Missing or of another size: found without reading them. */
export function checkFiles(dataset: string, files: readonly DataFile[]): DatasetCheck {
  const folder = dataFolder(dataset);
  const missing = files.filter(
    file => statSync(join(folder, file.name), { throwIfNoEntry: false })?.size !== file.bytes,
  );
  if (missing.length === 0) return { name: dataset, ready: true, detail: folder };
  const detail = `${missing.length} of ${files.length} files are not in ${folder}: fetched when a run asks for them.`;
  return { name: dataset, ready: false, detail };
}

/** The file's bytes, verified. */
export function readVerified(dataset: string, file: DataFile): Buffer {
  const path = join(dataFolder(dataset), file.name);
  const remedy = 'The next "npx bench run" fetches it.';
  if (!existsSync(path)) throw new UserError(`${path}: missing. ${remedy}`, { exitCode: EXIT.noData });
  const bytes = readFileSync(path);
  if (isExpected(bytes, file)) return bytes;
  throw new UserError(
    `${path}: expected ${file.bytes} bytes with SHA-256 ${file.sha256.slice(0, 12)}…, got ${bytes.length} others. Delete the file. ${remedy}`,
    {
      exitCode: EXIT.noData,
    },
  );
}

/** Makes all files present and true: from the cache, else from the first source that has them. */
export async function fetchFiles(
  dataset: string,
  files: readonly DataFile[],
  sources: readonly Source[],
  report: (line: string) => void,
): Promise<void> {
  if (files.every(file => isPresent(dataset, file))) return;
  const folder = dataFolder(dataset);
  try {
    await withFolderLock(
      folder,
      () => report(`${dataset}: another process is fetching it, waiting`),
      () => fetchMissing(dataset, files, sources, report),
    );
  } catch (error) {
    throw error instanceof UserError ? error : cannotCache(folder, error);
  }
}

async function fetchMissing(
  dataset: string,
  files: readonly DataFile[],
  sources: readonly Source[],
  report: (line: string) => void,
): Promise<void> {
  if (files.every(file => isPresent(dataset, file))) return; // another process was faster
  const failures: string[] = [];
  for (const source of sources) {
    const failure = await fetchFrom(source, dataset, files, report);
    if (failure === undefined) return;
    failures.push(`${source.name} (${failure})`);
  }
  const names = files.map(file => file.name).join(', ');
  throw new UserError(
    `${dataset}: none of its sources can be reached: ${failures.join('; ')}. Put ${names} into ${dataFolder(dataset)} by hand; they are checked by SHA-256.`,
    { exitCode: EXIT.noData },
  );
}

/** Why this source did not serve, or undefined. */
async function fetchFrom(
  source: Source,
  dataset: string,
  files: readonly DataFile[],
  report: (line: string) => void,
): Promise<string | undefined> {
  try {
    report(`${dataset}: trying ${source.name}`);
    const found = await source.read(report);
    for (const file of files) {
      const bytes = found.get(file.name);
      if (!bytes) return `has no ${file.name}`;
      if (!isExpected(bytes, file)) return `its ${file.name} has another SHA-256`;
    }
    for (const file of files) writeAtomically(dataFolder(dataset), file.name, found.get(file.name) as Buffer);
    report(`${dataset}: ${files.length} files from ${source.name}`);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return describeError(error);
  }
}

function isPresent(dataset: string, file: DataFile): boolean {
  const path = join(dataFolder(dataset), file.name);
  return statSync(path, { throwIfNoEntry: false })?.size === file.bytes && isExpected(readFileSync(path), file);
}

function isExpected(bytes: Buffer, file: DataFile): boolean {
  return bytes.length === file.bytes && createHash('sha256').update(bytes).digest('hex') === file.sha256;
}

function writeAtomically(folder: string, name: string, bytes: Buffer): void {
  const temporary = join(folder, `${name}.${randomBytes(4).toString('hex')}.new`);
  try {
    writeFileSync(temporary, bytes, { flush: true });
    renameSync(temporary, join(folder, name));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw cannotCache(folder, error);
  }
}

function cannotCache(folder: string, error: unknown): UserError {
  const full = errorCode(error) === 'ENOSPC' ? 'the disk is full' : describeError(error);
  return new UserError(
    `${folder}: the cache cannot be written (${full}). Make room, or choose another folder with BENCH_CACHE_DIR.`,
    {
      exitCode: EXIT.noData,
      cause: error,
    },
  );
}

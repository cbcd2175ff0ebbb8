/** Makes the files of a dataset present in the cache, from the first source that has the very bytes. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FetchOptions } from '../core/dataset.ts';
import { describeError, errorCode, refusal, UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import {
  type DataFile,
  dataFolder,
  dataPath,
  isExpected,
  isPresent,
  unusableCache,
  writeAtomically,
} from './_cache.ts';
import { gunzipBounded } from './_gunzip.ts';
import type { Report } from './_progress.ts';

/** Where files can come from. */
export interface Source {
  /** As a person would call it. */
  name: string;
  /** What it has of the files, uncompressed, by name. Throws if it has none. */
  read(request: SourceRequest): Promise<ReadonlyMap<string, Buffer>>;
}

interface SourceRequest {
  /** Of the files that are missing. */
  names: readonly string[];
  /** Empty, for what is on its way; removed afterwards. */
  folder: string;
  /** Where a download that breaks off may be left for the next try. */
  kept: string;
  report: Report;
}

interface Job {
  dataset: string;
  files: readonly DataFile[];
  sources: readonly Source[];
  incoming: string;
  report: Report;
}

/** Idempotent. Several processes may call it at once: one fetches, the others wait. */
export async function fetchFiles(
  dataset: string,
  files: readonly DataFile[],
  sources: readonly Source[],
  report: Report,
  { from }: FetchOptions = {},
): Promise<void> {
  const folder = dataFolder(dataset);
  const incoming = join(folder, 'incoming');
  const onWait = (): void => report(`${dataset}: another process is fetching it, waiting`);
  try {
    if (files.every(file => isPresent(dataset, file))) return;
    await withFolderLock(folder, onWait, () =>
      fetchMissing({ dataset, files, sources: from === undefined ? sources : [folderSource(from)], incoming, report }),
    );
  } catch (error) {
    throw error instanceof UserError ? error : unusableCache(folder, error);
  }
}

/** A folder of the user, where files may have gzip or not. */
function folderSource(folder: string): Source {
  const read = (name: string): [string, Buffer][] => {
    const path = join(resolve(folder), name);
    const bytes = existsSync(path)
      ? readFileSync(path)
      : existsSync(`${path}.gz`) && gunzipOrNull(readFileSync(`${path}.gz`));
    return bytes ? [[name, bytes]] : [];
  };
  return { name: resolve(folder), read: async ({ names }) => new Map(names.flatMap(read)) };
}

async function fetchMissing(job: Job): Promise<void> {
  try {
    await emptyFolder(job.incoming);
    for (const file of missingOf(job)) {
      noteChanged(job, file);
      unpackPlacedByHand(job, file);
    }
    await trySources(job);
  } finally {
    await rm(job.incoming, { recursive: true, force: true });
  }
}

/** What a killed process left on its way goes first. */
async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
}

const missingOf = ({ dataset, files }: Job): DataFile[] => files.filter(file => !isPresent(dataset, file));

function noteChanged({ dataset, report }: Job, file: DataFile): void {
  const path = dataPath(dataset, file);
  if (existsSync(path)) report(`${path}: not the original file, it will be replaced`);
}

/** Without a network, somebody may have put a file there as it is published: with gzip. */
function unpackPlacedByHand({ dataset, incoming, report }: Job, file: DataFile): void {
  const path = dataPath(dataset, file);
  const packed = `${path}.gz`;
  if (!existsSync(packed)) return;
  const bytes = gunzipOrNull(readFileSync(packed));
  if (bytes && isExpected(bytes, file)) writeAtomically(path, bytes, incoming);
  else report(`${packed}: not the original file, ignored`);
}

function gunzipOrNull(bytes: Buffer): Buffer | null {
  try {
    return gunzipBounded(bytes);
  } catch {
    return null;
  }
}

async function trySources(job: Job): Promise<void> {
  const missing = missingOf(job);
  const failures: string[] = [];
  for (const source of missing.length > 0 ? job.sources : []) {
    const failure = await fetchFrom(source, missing, job);
    if (failure === undefined) return;
    failures.push(`${source.name} (${failure})`);
  }
  if (missing.length > 0) throw noSource(job, missing, failures);
}

/** Why this source did not serve, or undefined. */
async function fetchFrom(source: Source, missing: readonly DataFile[], job: Job): Promise<string | undefined> {
  const { dataset, incoming, report } = job;
  report(`${dataset}: trying ${source.name}`);
  await emptyFolder(incoming);
  const names = missing.map(file => file.name);
  const kept = dataFolder(dataset);
  const found = await source.read({ names, folder: incoming, kept, report }).catch(reasonUnlessDiskFull);
  if (typeof found === 'string') return found;
  for (const file of missing) {
    const bytes = found.get(file.name);
    if (!bytes) return `has no ${file.name}`;
    if (!isExpected(bytes, file)) return `its ${file.name} has another SHA-256`;
  }
  for (const file of missing) writeAtomically(dataPath(dataset, file), found.get(file.name) as Buffer, incoming);
  report(`${dataset}: ${missing.length} files from ${source.name}`);
  return undefined;
}

/** On a full disk no other source would fare better. */
function reasonUnlessDiskFull(error: unknown): string {
  if (errorCode(error) === 'ENOSPC') throw error;
  return describeError(error);
}

function noSource({ dataset }: Job, missing: readonly DataFile[], failures: readonly string[]): UserError {
  const names = missing.map(file => file.name).join(', ');
  const remedy = `Put ${names} (with or without .gz) into ${dataFolder(dataset)} by hand; they are checked by SHA-256.`;
  return refusal(`${dataset}: none of its sources served: ${failures.join('; ')}. ${remedy}`);
}

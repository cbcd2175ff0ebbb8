/**
 * Files as their makers publish them: each known by the maker's MD5, unpacked into parts that the cache keeps. The SHA-256
 * of parts is recorded when they are made, and holds from then on.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeFileAtomically } from '../core/atomic-file.ts';
import type { DatasetCheck, FetchOptions } from '../core/dataset.ts';
import { describeError, errorCode, refusal, UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { hashOf, sha256 } from '../core/ids.ts';
import { jsonIfThere } from '../core/if-there.ts';
import { checkFiles, type DataFile, dataFolder, dataPath, isPresent, readVerified, unusableCache } from './_cache.ts';
import { download, SILENCE_MS } from './_download.ts';
import type { Report } from './_progress.ts';

export interface PublishedFile {
  name: string;
  url: string;
  /** As its makers, or torchvision's authors, publish it. */
  md5: string;
  /** Names of the parts that are made of it. */
  parts: readonly string[];
  /** The parts' bytes by name. `folder` is empty and removed afterwards. */
  unpack(path: string, folder: string): Promise<ReadonlyMap<string, Uint8Array>>;
}

export interface Publication {
  /** Of the folder in the cache. */
  folder: string;
  files: readonly PublishedFile[];
  silenceMs?: number;
}

/** What was found when parts were made: `checksums.json` in the folder. */
interface Checksums {
  published: Record<string, { md5: string; sha256: string }>;
  parts: Record<string, { sha256: string; bytes: number }>;
}

const CHECKSUMS = 'checksums.json';

/** Known before anything is fetched: the makers' checksums and what is read of the files decide every byte. */
export const publishedFingerprint = (dataset: string, files: readonly PublishedFile[]): string =>
  hashOf([dataset, ...files.map(({ name, md5 }) => [name, `md5:${md5}`])]);

/** Idempotent. Several processes may call it at once: one fetches, the others wait. */
export async function fetchPublished(
  publication: Publication,
  report: Report,
  options: FetchOptions = {},
): Promise<void> {
  const folder = dataFolder(publication.folder);
  const onWait = (): void => report(`${publication.folder}: another process is fetching it, waiting`);
  try {
    if (publication.files.every(file => hasParts(publication, file))) return;
    await withFolderLock(folder, onWait, () => fetchMissing(publication, report, options));
  } catch (error) {
    throw error instanceof UserError ? error : unusableCache(folder, error);
  }
}

export function checkPublished({ folder, files }: Publication): DatasetCheck {
  const parts = partsOf(folder);
  const known = files.flatMap(file => file.parts).map(name => parts.get(name) ?? { name, sha256: '', bytes: -1 });
  return checkFiles(folder, known);
}

/** The bytes of a part, verified. */
export function readPart(folder: string, name: string): Buffer {
  const part = partsOf(folder).get(name);
  if (part) return readVerified(folder, part);
  throw refusal(`${dataPath(folder, { name })}: missing. Run "npx bench data fetch", or a run that asks for it.`);
}

async function fetchMissing(publication: Publication, report: Report, options: FetchOptions): Promise<void> {
  for (const file of publication.files) {
    if (hasParts(publication, file)) continue;
    const path =
      (await placed(publication, file, report, options)) ?? (await downloaded(publication, file, report, options));
    await makeParts(publication, file, path, report);
  }
}

function hasParts({ folder }: Publication, file: PublishedFile): boolean {
  const parts = partsOf(folder);
  return file.parts.every(name => {
    const part = parts.get(name);
    return part !== undefined && isPresent(folder, part);
  });
}

function partsOf(folder: string): Map<string, DataFile> {
  const { parts } = readChecksums(folder);
  return new Map(Object.entries(parts).map(([name, part]) => [name, { name, ...part }]));
}

/** A file that a person put into the cache, or into the folder of `--from`. */
async function placed(
  { folder }: Publication,
  file: PublishedFile,
  report: Report,
  { from }: FetchOptions,
): Promise<string | undefined> {
  const folders = [...(from === undefined ? [] : [resolve(from)]), dataFolder(folder)];
  for (const path of folders.map(one => join(one, file.name)).filter(existsSync)) {
    const md5 = await md5Of(path);
    if (md5 === file.md5) return path;
    report(`${path}: not the published file (expected MD5 ${file.md5}, got ${md5}), ignored`);
  }
  return undefined;
}

async function downloaded(
  publication: Publication,
  file: PublishedFile,
  report: Report,
  { from }: FetchOptions,
): Promise<string> {
  const partial = join(dataFolder(publication.folder), `${file.name}.part`);
  const { silenceMs = SILENCE_MS } = publication;
  if (from !== undefined) throw unavailable(publication, file, `not in ${resolve(from)} with that checksum`);
  report(`${publication.folder}: ${file.name} from ${file.url}`);
  try {
    await download({ url: new URL(file.url), partial, silenceMs, report });
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw error;
    throw unavailable(publication, file, `${new URL(file.url).host}: ${describeError(error)}`, error);
  }
  const md5 = await md5Of(partial);
  if (md5 === file.md5) return partial;
  rmSync(partial);
  throw unavailable(publication, file, `${file.url} gives another file, MD5 ${md5}`);
}

/** One line with file, place and checksum: all that a person needs who has another way to it. */
function unavailable({ folder }: Publication, file: PublishedFile, reason: string, cause?: unknown): UserError {
  const remedy = `Get it from ${file.url}, put it into ${dataFolder(folder)} and run this again; its MD5 is ${file.md5}.`;
  return refusal(`${file.name} cannot be had (${reason}). ${remedy}`, cause);
}

async function makeParts({ folder }: Publication, file: PublishedFile, path: string, report: Report): Promise<void> {
  const place = dataFolder(folder);
  const incoming = join(place, 'incoming');
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming);
  try {
    const parts = await file.unpack(path, incoming);
    for (const name of file.parts) writeFileAtomically(join(place, name), [partOf(parts, name, path)]);
    await recordParts(folder, file, parts, path);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
  if (path.endsWith('.part')) rmSync(path);
  report(`${folder}: ${file.name} is there, its MD5 is right`);
}

function partOf(parts: ReadonlyMap<string, Uint8Array>, name: string, path: string): Uint8Array {
  const bytes = parts.get(name);
  if (bytes) return bytes;
  throw new UserError(`${path}: expected it to hold ${name}, got ${[...parts.keys()].join(', ') || 'nothing'}.`);
}

async function recordParts(
  folder: string,
  { name, md5, parts: names }: PublishedFile,
  parts: ReadonlyMap<string, Uint8Array>,
  path: string,
): Promise<void> {
  const { published, parts: earlier } = readChecksums(folder);
  const made = names.map(part => {
    const bytes = parts.get(part) as Uint8Array;
    return [part, { sha256: sha256(bytes), bytes: bytes.length }] as const;
  });
  const checksums: Checksums = {
    published: { ...published, [name]: { md5, sha256: await digest(path, 'sha256') } },
    parts: { ...earlier, ...Object.fromEntries(made) },
  };
  const file = join(dataFolder(folder), CHECKSUMS);
  writeFileAtomically(file, [Buffer.from(`${JSON.stringify(checksums, null, 2)}\n`)]);
}

/** Unreadable is as good as none: everything is made again. */
const readChecksums = (folder: string): Checksums =>
  jsonIfThere<Checksums>(join(dataFolder(folder), CHECKSUMS)) ?? { published: {}, parts: {} };

const md5Of = (path: string): Promise<string> => digest(path, 'md5');

async function digest(path: string, algorithm: 'md5' | 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

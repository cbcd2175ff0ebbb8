/**
 * What is in the files of a folder of images, without decoding them: content hash and header. Kept in the cache, folder by
 * folder, so that a file of unchanged size, time and inode is not read again, and memory holds one folder at a time.
 */
import { mkdirSync, readdirSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { sha256 } from '../core/ids.ts';
import { jsonIfThere } from '../core/if-there.ts';
import { cacheDir } from '../core/places.ts';
import { unusableCache } from './_cache.ts';
import { type ImageHeader, readImageHeader } from './_image-header.ts';
import { inOrder } from './_in-order.ts';

const IMAGE_NAME = /\.(jpe?g|png|webp)$/i;
const READERS = 8;

export interface ScannedFile extends ImageHeader {
  /** In its folder. */
  name: string;
  size: number;
  sha256: string;
}

interface Kept extends ScannedFile {
  /** By these a change is noticed. */
  mtimeMs: number;
  inode: number;
}

/** Files whose names say that they are images, sorted by name as bytes are. Those of inner folders too. */
export async function scanFolder(root: string, path: string): Promise<ScannedFile[]> {
  const folder = join(root, path);
  const kept = new Map((jsonIfThere<Kept[]>(keptPath(folder)) ?? []).map(file => [file.name, file]));
  const files: Kept[] = [];
  for await (const file of inOrder(imageNames(folder), READERS, name => scanFile(folder, name, kept.get(name))))
    files.push(file);
  if (files.length !== kept.size || files.some(file => kept.get(file.name) !== file)) keep(folder, files);
  return files;
}

/** Hidden files are left out: some systems put one beside each picture. */
function imageNames(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter(name => IMAGE_NAME.test(name) && !/(^|[\\/])\./.test(name)).sort();
}

/** The very object that was kept, if the file is unchanged. */
async function scanFile(folder: string, name: string, kept: Kept | undefined): Promise<Kept> {
  const path = join(folder, name);
  const stats = statSync(path);
  if (kept && isUnchanged(kept, stats)) return kept;
  const bytes = await readFile(path);
  const content = { ...readImageHeader(bytes), sha256: sha256(bytes) };
  return { name, size: bytes.length, mtimeMs: stats.mtimeMs, inode: stats.ino, ...content };
}

const isUnchanged = (kept: Kept, { size, mtimeMs, ino }: Stats): boolean =>
  kept.size === size && kept.mtimeMs === mtimeMs && kept.inode === ino;

function keep(folder: string, files: readonly Kept[]): void {
  try {
    mkdirSync(keptFolder(), { recursive: true });
    writeFileAtomically(keptPath(folder), [Buffer.from(JSON.stringify(files))]);
  } catch (error) {
    throw unusableCache(keptFolder(), error);
  }
}

const keptFolder = (): string => join(cacheDir(), 'data', 'scans');
const keptPath = (folder: string): string => join(keptFolder(), `${sha256(resolve(folder)).slice(0, 32)}.json`);

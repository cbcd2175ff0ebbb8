/** How published files hold their parts. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { run } from './_program.ts';
import type { PublishedFile } from './_published.ts';

type Unpack = PublishedFile['unpack'];

/** One file with gzip. */
export const gzipped =
  (part: string): Unpack =>
  async path =>
    new Map([[part, await promisify(gunzip)(await readFile(path))]]);

/** Files somewhere in a tar archive with gzip. */
export const tarred =
  (parts: readonly string[]): Unpack =>
  async (path, folder) => {
    await run('tar', ['-xzf', path, '-C', folder], folder);
    const found = (await readdir(folder, { recursive: true })).filter(name => parts.includes(basename(name)));
    return readAll(found.map(name => [basename(name), join(folder, name)]));
  };

/** Files that a zip archive holds with gzip, each as `part` and ".gz". */
export const zippedGzipped =
  (parts: readonly string[]): Unpack =>
  async (path, folder) => {
    await unzip(path, folder, name => parts.some(part => basename(name) === `${part}.gz`));
    const packed = await readAll((await readdir(folder)).map(name => [basename(name, '.gz'), join(folder, name)]));
    const unpacked = [...packed].map(async ([name, bytes]) => [name, await promisify(gunzip)(bytes)] as const);
    return new Map(await Promise.all(unpacked));
  };

async function readAll(files: readonly (readonly [string, string])[]): Promise<Map<string, Buffer>> {
  return new Map(await Promise.all(files.map(async ([name, path]) => [name, await readFile(path)] as const)));
}

async function unzip(path: string, folder: string, isWanted: (name: string) => boolean): Promise<void> {
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry()) {
    if (!isWanted(entry.fileName)) continue;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(join(folder, basename(entry.fileName))));
  }
}

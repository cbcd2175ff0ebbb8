/** A small dataset that never was, in a cache of its own, and sources for it. */
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { sha256 } from '../../src/core/ids.ts';
import type { DataFile } from '../../src/data/_cache.ts';
import type { Source } from '../../src/data/_fetch.ts';
import { newFolder } from '../new-folder.ts';

export const NAME = 'made-up';
export const CONTENT: Record<string, Buffer> = { one: Buffer.from('first file'), two: Buffer.from('the second') };
export const [ONE, TWO] = Object.entries(CONTENT).map(([name, bytes]) => ({
  name,
  sha256: sha256(bytes),
  bytes: bytes.length,
})) as [DataFile, DataFile];
export const FILES = [ONE, TWO];
/** As long as the second file, but another. */
export const ALTERED = 'the secomd';

const source = (name: string, files: Record<string, Buffer | string>): Source => ({
  name,
  read: async () => new Map(Object.entries(files).map(([file, content]) => [file, Buffer.from(content)])),
});

export const good = source('a good source', CONTENT);
export const poor = source('a poor source', { one: 'first file' });
export const altered = source('an altered source', { one: 'first file', two: ALTERED });
export const unreachable: Source = { name: 'a closed source', read: () => Promise.reject(new Error('no route')) };

/** Each test has a new cache folder; `folder()` is the dataset's in it. */
export function useTemporaryCache(): { cache: () => string; folder: () => string } {
  const before = process.env.BENCH_CACHE_DIR;
  let cache: string;
  beforeEach(() => {
    cache = newFolder();
    process.env.BENCH_CACHE_DIR = cache;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.BENCH_CACHE_DIR;
    else process.env.BENCH_CACHE_DIR = before;
  });
  return { cache: () => cache, folder: () => join(cache, 'data', NAME) };
}

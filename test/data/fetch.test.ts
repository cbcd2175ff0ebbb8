import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { readVerified } from '../../src/data/_cache.ts';
import { fetchFiles, type Source } from '../../src/data/_fetch.ts';
import { ALTERED, altered, CONTENT, FILES, good, NAME, ONE, poor, unreachable, useTemporaryCache } from './made-up.ts';

const { cache, folder } = useTemporaryCache();
let lines: string[];
beforeEach(() => {
  lines = [];
});
const fetchFrom = (...sources: Source[]): Promise<void> =>
  fetchFiles(NAME, FILES, sources, line => void lines.push(line));
const place = (name: string, content: string | Buffer): void => {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), name), content);
};

describe('sources', () => {
  test('the first that has the very files serves, and none is asked again', async () => {
    await fetchFrom(unreachable, altered, poor, good);
    expect(lines.at(-1)).toBe('made-up: 2 files from a good source');
    expect(readVerified(NAME, ONE)).toEqual(CONTENT.one);
    expect(readdirSync(folder()).sort()).toEqual(['one', 'two']);
    await fetchFrom(unreachable);
  });

  test('if none has them: one line that says what was tried and where a file may be put; nothing is left', async () => {
    await expect(fetchFrom(unreachable, altered, poor)).rejects.toThrow(
      /^made-up: none of its sources served: a closed source \(no route\); an altered source \(its two has another SHA-256\); a poor source \(has no two\)\. Put one, two \(with or without \.gz\) into \S*data\/made-up by hand; they are checked by SHA-256\.$/,
    );
    expect(readdirSync(folder())).toEqual([]);
  });

  test('are asked for what is missing only', async () => {
    place('one', CONTENT.one as Buffer);
    const asked: string[][] = [];
    const read: Source['read'] = request => {
      asked.push([...request.names]);
      return good.read(request);
    };
    await fetchFrom({ name: 'a listening source', read });
    expect(asked).toEqual([['two']]);
  });
});

describe('files in the folder', () => {
  test('placed by hand, with or without gzip, are taken', async () => {
    place('one', CONTENT.one as Buffer);
    place('two.gz', gzipSync(CONTENT.two as Buffer));
    await fetchFrom(unreachable);
    expect(readFileSync(join(folder(), 'two'))).toEqual(CONTENT.two);
  });

  test.each([
    ['gzip of another file', gzipSync(ALTERED)],
    ['no gzip at all', Buffer.from('<html>not found</html>')],
  ])('%s is named and left alone', async (_name, bytes) => {
    place('two.gz', bytes);
    await fetchFrom(good);
    expect(lines[0]).toBe(`${join(folder(), 'two.gz')}: not the original file, ignored`);
    expect(readFileSync(join(folder(), 'two.gz'))).toEqual(bytes);
  });

  test('a changed one is named and replaced', async () => {
    await fetchFrom(good);
    place('two', ALTERED);
    await expect(fetchFrom(unreachable)).rejects.toThrow(/none of its sources/);
    await fetchFrom(good);
    expect(lines).toContain(`${join(folder(), 'two')}: not the original file, it will be replaced`);
    expect(readFileSync(join(folder(), 'two'))).toEqual(CONTENT.two);
  });

  test('left by a killed fetch are removed', async () => {
    mkdirSync(join(folder(), 'incoming'), { recursive: true });
    place('incoming/two.new', 'the s');
    await fetchFrom(good);
    expect(readdirSync(folder()).sort()).toEqual(['one', 'two']);
  });

  test('on a full disk no other source is tried, and nothing is left', async () => {
    const read = () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' }));
    await expect(fetchFrom({ name: 'a large source', read }, good)).rejects.toThrow(
      /^\S+made-up: the cache cannot be used \(the disk is full\)\./,
    );
    expect(readdirSync(folder())).toEqual([]);
  });

  test('a folder that cannot be made: one line', async () => {
    writeFileSync(join(cache(), 'data'), 'in the way');
    await expect(fetchFrom(good)).rejects.toThrow(
      /^\S+made-up: the cache cannot be used \(ENOTDIR.*\)\. Make room or give access to it, or choose another folder with BENCH_CACHE_DIR\.$/,
    );
  });
});

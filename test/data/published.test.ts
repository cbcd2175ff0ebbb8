/** Files with their makers' checksums, from a server on this machine. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/ids.ts';
import { checkPublished, fetchPublished, type Publication, readPart } from '../../src/data/_published.ts';
import { NAME, useTemporaryCache } from './made-up.ts';
import { serveRanges } from './range-server.ts';

const CONTENT = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i) % 251));
const OTHER = Buffer.from(CONTENT).fill(0, 500, 600);
const MD5 = createHash('md5').update(CONTENT).digest('hex');

const { folder } = useTemporaryCache();
let lines: string[];
beforeEach(() => {
  lines = [];
});

const publication = (url: string): Publication => ({
  folder: NAME,
  silenceMs: 2_000,
  files: [
    {
      name: 'made-up.bin',
      url,
      md5: MD5,
      parts: ['head', 'tail'],
      unpack: async path => {
        const bytes = readFileSync(path);
        return new Map([
          ['head', bytes.subarray(0, 10)],
          ['tail', bytes.subarray(10)],
        ]);
      },
    },
  ],
});
const fetchFrom = (url: string, from?: string): Promise<void> =>
  fetchPublished(publication(url), line => void lines.push(line), from === undefined ? {} : { from });
const CLOSED = 'http://127.0.0.1:1/made-up.bin';
const partial = () => join(folder(), 'made-up.bin.part');

test('arrives, is checked, and only its parts are kept with their SHA-256', async () => {
  const server = await serveRanges({ content: CONTENT, tag: '"1"' });
  expect(checkPublished(publication(CLOSED))).toMatchObject({ ready: false });
  await fetchFrom(server.url);
  expect(readdirSync(folder()).sort()).toEqual(['checksums.json', 'head', 'tail']);
  expect(Buffer.concat([readPart(NAME, 'head'), readPart(NAME, 'tail')])).toEqual(CONTENT);
  expect(JSON.parse(readFileSync(join(folder(), 'checksums.json'), 'utf8')).published).toEqual({
    'made-up.bin': { md5: MD5, sha256: sha256(CONTENT) },
  });
  expect(checkPublished(publication(CLOSED))).toMatchObject({ ready: true });
  await fetchFrom(CLOSED);
  expect(server.asked.length).toBe(1);
});

describe('a download that breaks off', () => {
  test('goes on where it stopped', async () => {
    const server = await serveRanges({ content: CONTENT, tag: '"1"', cutAfter: 40_000 });
    await expect(fetchFrom(server.url)).rejects.toThrow(/^made-up\.bin cannot be had \(127\.0\.0\.1:\d+: /);
    const kept = readFileSync(partial()).length;
    expect(kept).toBeGreaterThan(0);
    server.file = { content: CONTENT, tag: '"1"' };
    await fetchFrom(server.url);
    expect(server.asked[1]).toMatchObject({ range: `bytes=${kept}-`, 'if-range': '"1"' });
    expect(readPart(NAME, 'tail')).toEqual(CONTENT.subarray(10));
    expect(readdirSync(folder()).sort()).toEqual(['checksums.json', 'head', 'tail']);
  });

  test('starts anew if the file has changed since', async () => {
    const server = await serveRanges({ content: OTHER, tag: '"0"', cutAfter: 40_000 });
    await expect(fetchFrom(server.url)).rejects.toThrow(/cannot be had/);
    server.file = { content: CONTENT, tag: '"1"' };
    await fetchFrom(server.url);
    expect(readPart(NAME, 'tail')).toEqual(CONTENT.subarray(10));
  });

  test('a part longer than the file is forgotten', async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(partial(), Buffer.concat([CONTENT, CONTENT]));
    writeFileSync(`${partial()}.version`, '"1"');
    const server = await serveRanges({ content: CONTENT, tag: '"1"' });
    await expect(fetchFrom(server.url)).rejects.toThrow(/answered 416/);
    await fetchFrom(server.url);
    expect(readPart(NAME, 'head')).toEqual(CONTENT.subarray(0, 10));
  });
});

test('another file at the address: its MD5 is named, and it is not kept', async () => {
  const server = await serveRanges({ content: OTHER, tag: '"1"' });
  await expect(fetchFrom(server.url)).rejects.toThrow(/gives another file, MD5 [0-9a-f]{32}\)/);
  expect(existsSync(partial())).toBe(false);
});

test('a closed address: one line with file, place and checksum', async () => {
  await expect(fetchFrom(CLOSED)).rejects.toThrow(
    new RegExp(
      `^made-up\\.bin cannot be had \\(.*\\)\\. Get it from ${CLOSED}, put it into ${folder()} .*; its MD5 is ${MD5}\\.$`,
    ),
  );
});

describe('a file placed by hand', () => {
  test.each([
    ['in the cache', () => folder(), undefined],
    ['in the folder of --from', () => HANDS, () => HANDS],
  ])('%s is taken after its checksum, and stays', async (_name, place, from) => {
    mkdirSync(place(), { recursive: true });
    writeFileSync(join(place(), 'made-up.bin'), CONTENT);
    await fetchFrom(CLOSED, from?.());
    expect(readPart(NAME, 'head')).toEqual(CONTENT.subarray(0, 10));
    expect(existsSync(join(place(), 'made-up.bin'))).toBe(true);
  });

  test('of another content is named; with --from nothing is downloaded', async () => {
    const server = await serveRanges({ content: CONTENT, tag: '"1"' });
    writeFileSync(join(HANDS, 'made-up.bin'), OTHER);
    await expect(fetchFrom(server.url, HANDS)).rejects.toThrow(/not in \S+ with that checksum/);
    expect(lines[0]).toMatch(/not the published file \(expected MD5 [0-9a-f]{32}, got [0-9a-f]{32}\), ignored$/);
    expect(server.asked).toEqual([]);
  });
});

test('a part that changed is noticed, and made again', async () => {
  const server = await serveRanges({ content: CONTENT, tag: '"1"' });
  await fetchFrom(server.url);
  writeFileSync(join(folder(), 'head'), '0123456789');
  expect(() => readPart(NAME, 'head')).toThrow(/changed since it was fetched/);
  await fetchFrom(server.url);
  expect(readPart(NAME, 'head')).toEqual(CONTENT.subarray(0, 10));
});

const HANDS = mkdtempSync(join(tmpdir(), 'bench-by-hand-'));

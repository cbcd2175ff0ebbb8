import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkFiles, fingerprintOf, readVerified } from '../../src/data/_cache.ts';
import { ALTERED, CONTENT, FILES, NAME, ONE, TWO, useTemporaryCache } from './made-up.ts';

const { folder } = useTemporaryCache();
const path = () => join(folder(), 'two');
beforeEach(() => {
  mkdirSync(folder(), { recursive: true });
  for (const [name, bytes] of Object.entries(CONTENT)) writeFileSync(join(folder(), name), bytes);
});

test('whole files are read as they are', () => {
  expect(FILES.map(file => readVerified(NAME, file))).toEqual(Object.values(CONTENT));
  expect(checkFiles(NAME, FILES)).toEqual({ name: NAME, ready: true, detail: folder() });
});

describe('damage is noticed in one line, with file and remedy', () => {
  const remedy = 'Delete it. The next "npx bench run" fetches it.';

  test.each([
    ['another byte', () => writeFileSync(path(), ALTERED), /expected SHA-256 [0-9a-f]{12}…, got [0-9a-f]{12}…/],
    ['truncated', () => truncateSync(path(), 4), /expected 10 bytes, got 4/],
    ['empty', () => truncateSync(path(), 0), /expected 10 bytes, got 0/],
    ['longer', () => writeFileSync(path(), 'the second and more'), /expected 10 bytes, got 19/],
  ])('%s', (_name, damage, message) => {
    damage();
    expect(() => readVerified(NAME, TWO)).toThrow(message);
    expect(() => readVerified(NAME, TWO)).toThrow(`${path()}: changed since it was fetched`);
    expect(() => readVerified(NAME, TWO)).toThrow(remedy);
  });

  test('missing', () => {
    rmSync(path());
    expect(() => readVerified(NAME, TWO)).toThrow(`${path()}: missing. The next "npx bench run" fetches it.`);
    expect(checkFiles(NAME, FILES)).toMatchObject({ ready: false, detail: expect.stringMatching(/^1 of 2 files are/) });
  });

  test('a folder in its place', () => {
    rmSync(path());
    mkdirSync(path());
    expect(() => readVerified(NAME, TWO)).toThrow(/two: the cache cannot be used \(EISDIR.*BENCH_CACHE_DIR\.$/);
  });
});

test('a fingerprint names files and bytes', () => {
  expect(fingerprintOf(FILES)).not.toBe(fingerprintOf([ONE, { ...TWO, sha256: ONE.sha256 }]));
  expect(fingerprintOf(FILES)).not.toBe(fingerprintOf([ONE, { ...TWO, name: 'three' }]));
});

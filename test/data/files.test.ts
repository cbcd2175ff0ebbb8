import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/ids.ts';
import {
  checkFiles,
  type DataFile,
  fetchFiles,
  fingerprintOf,
  readVerified,
  type Source,
} from '../../src/data/_files.ts';
import { findDataset } from '../../src/data/index.ts';

const CONTENT = { one: Buffer.from('first file'), two: Buffer.from('the second') };
const FILES: DataFile[] = Object.entries(CONTENT).map(([name, bytes]) => ({
  name,
  sha256: sha256(bytes),
  bytes: bytes.length,
}));
const good: Source = { name: 'a good source', read: async () => new Map(Object.entries(CONTENT)) };
const unreachable: Source = {
  name: 'a closed source',
  read: async () => {
    throw new Error('no route');
  },
};
const altered: Source = {
  name: 'an altered source',
  read: async () =>
    new Map([
      ['one', CONTENT.one],
      ['two', Buffer.from('the secomd')],
    ]),
};
const poor: Source = { name: 'a poor source', read: async () => new Map([['one', CONTENT.one]]) };
const silent = (): void => {};

let cache: string;
let folder: string;
const before = process.env.BENCH_CACHE_DIR;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'bench-data-test-'));
  folder = join(cache, 'data/made-up');
  process.env.BENCH_CACHE_DIR = cache;
});
afterEach(() => {
  if (before === undefined) delete process.env.BENCH_CACHE_DIR;
  else process.env.BENCH_CACHE_DIR = before;
  rmSync(cache, { recursive: true, force: true });
});

describe('fetching', () => {
  test('takes the first source that has the very files, and none again', async () => {
    const lines: string[] = [];
    await fetchFiles('made-up', FILES, [unreachable, altered, poor, good], line => lines.push(line));
    expect(lines.at(-1)).toBe('made-up: 2 files from a good source');
    expect(readVerified('made-up', FILES[0] as DataFile)).toEqual(CONTENT.one);
    expect(readdirSync(folder).sort()).toEqual(['one', 'two']);
    await fetchFiles('made-up', FILES, [unreachable], silent);
  });

  test('if none has them: one line that says what was tried and where a file may be put; nothing is left', async () => {
    await expect(fetchFiles('made-up', FILES, [unreachable, altered, poor], silent)).rejects.toThrow(
      /^made-up: none of its sources can be reached: a closed source \(no route\); an altered source \(its two has another SHA-256\); a poor source \(has no two\)\. Put one, two into .*data\/made-up by hand/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file placed by hand is taken if it is the right one', async () => {
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of Object.entries(CONTENT)) writeFileSync(join(folder, name), bytes);
    await fetchFiles('made-up', FILES, [unreachable], silent);
    writeFileSync(join(folder, 'two'), 'the secomd');
    await expect(fetchFiles('made-up', FILES, [unreachable], silent)).rejects.toThrow(/none of its sources/);
  });

  test('two at once: both end well, and the files are whole', async () => {
    await Promise.all([1, 2, 3].map(() => fetchFiles('made-up', FILES, [good], silent)));
    expect(readFileSync(join(folder, 'two'))).toEqual(CONTENT.two);
  });

  test.runIf(process.getuid?.() === 0)('a cache that cannot be written: one line', async () => {
    chmodSync(cache, 0o555);
    const script = `
      process.setuid(65534);
      process.env.BENCH_CACHE_DIR = ${JSON.stringify(cache)};
      const { findDataset } = await import(${JSON.stringify(new URL('../../dist/src/data/index.js', import.meta.url).href)});
      await (await findDataset('mnist')).fetch(() => {}).catch(error => { console.log(error.message); });`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toMatch(
      /^\S+: the cache cannot be written \(EACCES.*Make room, or choose another folder with BENCH_CACHE_DIR\.\n$/,
    );
  });
});

describe('reading', () => {
  beforeEach(() => fetchFiles('made-up', FILES, [good], silent));
  const file = FILES[1] as DataFile;

  test.each([
    ['a flipped bit', () => writeFileSync(join(folder, 'two'), 'the secomd')],
    ['a truncated file', () => truncateSync(join(folder, 'two'), 4)],
    ['an empty file', () => truncateSync(join(folder, 'two'), 0)],
  ])('%s is noticed, with file and remedy', (_name, damage) => {
    damage();
    expect(() => readVerified('made-up', file)).toThrow(
      /made-up\/two: expected 10 bytes with SHA-256 [0-9a-f]{12}…, got \d+ others\. Delete the file\./,
    );
  });

  test('a missing one too', () => {
    rmSync(join(folder, 'two'));
    expect(() => readVerified('made-up', file)).toThrow(
      /made-up\/two: missing\. The next "npx bench run" fetches it\./,
    );
    expect(checkFiles('made-up', FILES)).toMatchObject({
      ready: false,
      detail: expect.stringMatching(/^1 of 2 files are not in/),
    });
  });
});

test('a fingerprint names files and bytes', () => {
  const [one, two] = FILES as [DataFile, DataFile];
  expect(fingerprintOf([one, two])).not.toBe(fingerprintOf([one, { ...two, sha256: one.sha256 }]));
  expect(fingerprintOf([one, two])).not.toBe(fingerprintOf([one, { ...two, name: 'three' }]));
});

test.each([
  ['fashion-mnist', 6000, 1000],
  ['mnist', null, null],
])(
  '%s: its stated mean and deviation are those of its pixels, its classes are balanced if it says so',
  async (name, train, testCount) => {
    process.env.BENCH_CACHE_DIR = before ?? '';
    if (before === undefined) delete process.env.BENCH_CACHE_DIR;
    const dataset = await findDataset(name);
    await dataset.fetch(silent);
    const loaded = await dataset.load();
    const histogram = new Float64Array(256);
    for (const pixel of loaded.train.images) histogram[pixel] = (histogram[pixel] as number) + 1;
    const n = loaded.train.images.length;
    const mean = histogram.reduce((sum, times, value) => sum + times * value, 0) / n / 255;
    const variance = histogram.reduce((sum, times, value) => sum + times * (value / 255 - mean) ** 2, 0) / n;
    expect(loaded.mean[0]).toBeCloseTo(mean, 12);
    expect(loaded.std[0]).toBeCloseTo(Math.sqrt(variance), 12);
    if (train === null) return;
    for (const [labels, each] of [
      [loaded.train.labels, train],
      [loaded.test.labels, testCount],
    ] as const) {
      const counts = dataset.classes.map((_, label) =>
        labels.reduce((sum: number, one: number) => sum + Number(one === label), 0),
      );
      expect(counts).toEqual(dataset.classes.map(() => each));
    }
  },
);

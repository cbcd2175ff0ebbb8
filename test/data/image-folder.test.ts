import {
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DatasetDefinition, ImageSet } from '../../src/core/dataset.ts';
import { momentsOf } from '../../src/data/_moments.ts';
import { packFiles, packFolder, readState, writeState } from '../../src/data/_pack-state.ts';
import { openPack } from '../../src/data/_packed-set.ts';
import folder from '../../src/data/folder.ts';
import { useTemporaryCache } from './made-up.ts';
import { jpeg, picture, pixelsOf, png, useImageFolder } from './pictures.ts';

useTemporaryCache();
const { root, put } = useImageFolder();
const at = (): Promise<DatasetDefinition> => folder.at(root());
const path = (name: string): string => join(root(), name);
const packOf = (dataset: DatasetDefinition, side: number | null = null): string =>
  packFolder(dataset.fingerprint, side);
const redOf = (set: ImageSet): number[] =>
  Array.from({ length: set.count }, (_, i) => set.image(i).pixels[0] as number);

/** Cats 0 and 1 and dog 2 to train, dog 3 to test. */
beforeEach(async () => {
  put({
    'train/cat/a.png': await png(0),
    'train/cat/b.png': await png(1),
    'train/dog/a.png': await png(2),
    'test/dog/z.png': await png(3),
  });
});

describe('a folder of images', () => {
  test('is a dataset: classes sorted, images class by class and by name', async () => {
    put({ 'train/cat/.hidden.png': 'x', 'train/cat/notes.txt': 'x', 'README.md': 'x', '.git/config': 'x' });
    const dataset = await at();
    expect(dataset).toMatchObject({
      name: 'folder',
      classes: ['cat', 'dog'],
      shape: [6, 5, 3],
      trainCount: 3,
      testCount: 1,
    });
    const { train, test: held, mean, std, fingerprint } = await dataset.load();
    expect(redOf(train)).toEqual([0, 1, 2]);
    expect([...train.labels]).toEqual([0, 0, 1]);
    expect([redOf(held), ...held.labels]).toEqual([[3], 1]);
    expect(train.image(1)).toMatchObject({ height: 6, width: 5 });
    expect(Buffer.from(train.image(1).pixels)).toEqual(await pixelsOf(picture(1)));
    expect({ mean, std }).toEqual(momentsOf(train, 3));
    expect(fingerprint).toBe(dataset.fingerprint);
  });

  test('images of several sizes: said, and the shape is the square that all hold', async () => {
    put({ 'train/dog/b.jpg': await jpeg(5, 9, 4) });
    const dataset = await at();
    expect(dataset).toMatchObject({ shape: [4, 4, 3], sizesDiffer: true });
    const { train } = await dataset.load({ shorterSide: 3 });
    const sizes = Array.from({ length: train.count }, (_, index) => train.image(index)).map(({ height, width }) => [
      height,
      width,
    ]);
    expect(sizes.filter(([height, width]) => height === 6 && width === 3)).toHaveLength(1);
    expect(sizes.filter(([height, width]) => height === 3 && width === 3)).toHaveLength(sizes.length - 1);
  });

  test('the first so many images are of all classes, in an order that stays', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `train/${i % 2 ? 'cat' : 'dog'}/more-${i}.jpg`);
    put(Object.fromEntries(await Promise.all(names.map(async (name, i) => [name, await jpeg(i, 5, 5)] as const))));
    const { train } = await (await at()).load();
    const first = [...train.labels.subarray(0, 20)];
    for (const label of [0, 1]) expect(first.filter(one => one === label).length).toBeGreaterThan(4);
    expect([...(await (await at()).load()).train.labels]).toEqual([...train.labels]);
  });

  test('dataset.json gives its title', async () => {
    const before = (await at()).fingerprint;
    put({ 'dataset.json': '{"title": "Cats and dogs"}' });
    expect(await at()).toMatchObject({ title: 'Cats and dogs', fingerprint: before });
  });

  test('without a test set: a stated share of each class, by seed', async () => {
    rmSync(path('test'), { recursive: true });
    await expect(at()).rejects.toThrow(/expected a folder test\/ or val\/ beside train\/, or in dataset\.json/);
    for (let i = 0; i < 18; i++)
      put({ [`train/cat/more-${i}.png`]: await png(10 + i), [`train/dog/more-${i}.png`]: await png(40 + i) });
    put({ 'dataset.json': '{"testShare": 0.25, "seed": 1}' });
    const dataset = await at();
    expect(dataset).toMatchObject({ trainCount: 29, testCount: 10 });
    const { train, test: held } = await dataset.load();
    expect([...held.labels].filter(label => label === 0).length).toBe(5);
    expect(new Set([...redOf(train), ...redOf(held)]).size).toBe(39);
    put({ 'dataset.json': '{"testShare": 0.25, "seed": 2}' });
    expect(redOf((await (await at()).load()).test)).not.toEqual(redOf(held));
  });

  test.each([
    [
      'no such folder',
      () => rmSync(root(), { recursive: true }),
      /expected a folder with train\/<class>\/.*, got no folder\.$/,
    ],
    [
      'one class',
      () => rmSync(path('train/dog'), { recursive: true }),
      /train: expected a folder for each of two or more classes, got 1\.$/,
    ],
    [
      'a class of the test images alone',
      () => put({ 'test/bird/a.png': 'x' }),
      /test\/bird: expected a class of the training images, got "bird"\.$/,
    ],
    [
      'no test images',
      () => unlinkSync(path('test/dog/z.png')),
      /expected \.jpg, \.png or \.webp files, got none to test with\.$/,
    ],
    [
      'settings that are no JSON',
      () => put({ 'dataset.json': '{' }),
      /dataset\.json: expected JSON, got something else/,
    ],
    ['an unknown setting', () => put({ 'dataset.json': '{"tilte": "x"}' }), /dataset\.json: field tilte: /],
  ])('%s: one line', async (_name, change, message) => {
    change();
    await expect(at()).rejects.toThrow(message);
  });
});

describe('the fingerprint', () => {
  test.each([
    ['another content', async () => put({ 'train/cat/a.png': await png(7) })],
    ['another name', async () => put({ 'train/cat/c.png': readFileSync(path('train/cat/a.png')) })],
    ['another class', async () => put({ 'train/bird/c.png': await png(9) })],
    ['one less', async () => unlinkSync(path('train/cat/b.png'))],
    ['another rule for damaged files', async () => put({ 'dataset.json': '{"damaged": "skip"}' })],
  ])('is another with %s', async (_name, change) => {
    const before = (await at()).fingerprint;
    expect((await at()).fingerprint).toBe(before);
    await change();
    expect((await at()).fingerprint).not.toBe(before);
  });

  test('does not follow the folder, only its content', async () => {
    const before = (await at()).fingerprint;
    symlinkSync(root(), `${root()}-elsewhere`);
    expect((await folder.at(`${root()}-elsewhere`)).fingerprint).toBe(before);
    unlinkSync(`${root()}-elsewhere`);
  });

  test('a file is not read again unless its size, time or inode has changed', async () => {
    const file = path('train/cat/a.png');
    const seconds = 1_700_000_000;
    utimesSync(file, seconds, seconds);
    const before = (await at()).fingerprint;
    const other = readFileSync(file);
    other[other.length - 20] = (other[other.length - 20] as number) ^ 1;
    writeFileSync(file, other);
    utimesSync(file, seconds, seconds);
    expect((await at()).fingerprint).toBe(before);
    utimesSync(file, seconds, seconds + 1);
    expect((await at()).fingerprint).not.toBe(before);
  });
});

describe('damaged files', () => {
  beforeEach(async () => {
    put({
      'train/cat/empty.png': '',
      'train/dog/page.jpg': '<html>',
      'test/dog/cut.jpg': (await jpeg(0, 90, 90)).subarray(0, 900),
    });
    put({ 'train/cat/grey.jpg': await picture(0, 6, 5).toColourspace('b-w').jpeg().toBuffer() });
  });

  test('stop the loading by default, in one line', async () => {
    const message =
      /^Images of a folder: train\/cat\/empty\.png: empty file: expected an image\. "npx bench data check" lists/;
    await expect((await at()).load()).rejects.toThrow(message);
    await expect((await at()).load()).rejects.toThrow(message);
  });

  test('are left out where dataset.json or the caller says so; no black square is in their place', async () => {
    for (const load of [
      async () => (await at()).load({ damaged: 'skip' }),
      async () => {
        put({ 'dataset.json': '{"damaged": "skip"}' });
        return (await at()).load();
      },
    ]) {
      const { train, test: held } = await load();
      expect([train.count, held.count]).toEqual([4, 1]);
      expect([...train.labels].sort()).toEqual([0, 0, 0, 1]);
      expect(redOf(held)).toEqual([3]);
    }
    await expect((await at()).load({ damaged: 'fatal' })).rejects.toThrow(
      /empty file and 2 more files: expected an image/,
    );
  });

  test('are all named by a check, with how many were converted', async () => {
    const found = await (await at()).verify(() => {});
    expect(found).toMatchObject({ files: 8, converted: { grey: 1 } });
    expect(found.damaged.map(line => line.split(':')[0])).toEqual([
      'train/cat/empty.png',
      'train/dog/page.jpg',
      'test/dog/cut.jpg',
    ]);
  });
});

describe('the pack', () => {
  test('is made once: later loads do not decode', async () => {
    const dataset = await at();
    await dataset.load();
    const { ino, mtimeMs } = statSync(join(packOf(dataset), packFiles.pixels));
    await dataset.load();
    expect(statSync(join(packOf(dataset), packFiles.pixels))).toMatchObject({ ino, mtimeMs });
    await dataset.load({ shorterSide: 4 });
    expect(statSync(join(packOf(dataset, 4), packFiles.pixels)).size).toBe(4 * 4 * 4 * 3);
  });

  test('is gone on with after a kill, and gives the same bytes', async () => {
    const dataset = await at();
    const whole = await dataset.load();
    const pack = packOf(dataset);
    const read = () =>
      Object.values(packFiles).map(name => readFileSync(join(pack, name), name === 'pixels' ? 'latin1' : 'utf8'));
    const before = read();
    // As a kill leaves it: two images committed, a part of the third behind them.
    const { train } = whole;
    const histogram = momentsHistogram([train.image(0).pixels, train.image(1).pixels]);
    const sourceBytes = Buffer.byteLength('train/cat/a.png\ntrain/cat/b.png\n');
    writeState(pack, { ...readState(pack), complete: false, images: 2, pixelBytes: 180, sourceBytes, histogram });
    truncateSync(join(pack, packFiles.pixels), 200);
    const again = await dataset.load();
    expect(read()).toEqual(before);
    expect(again.mean).toEqual(whole.mean);
    expect(redOf(again.train)).toEqual([0, 1, 2]);
  });

  test('larger than memory allows it is read picture by picture, with the same result', async () => {
    const dataset = await at();
    const held = await dataset.load();
    const onDisk = openPack(packOf(dataset), readState(packOf(dataset)), 0);
    for (let i = 0; i < 3; i++) expect([...onDisk.train.image(i).pixels]).toEqual([...held.train.image(i).pixels]);
    expect(onDisk).toMatchObject({ mean: held.mean, std: held.std, shape: held.shape });
  });

  test('two at once: one decodes, both have it', async () => {
    const datasets = await Promise.all([at(), at()]);
    const loaded = await Promise.all(datasets.map(dataset => dataset.load()));
    expect(loaded.map(({ train }) => redOf(train))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test('a file that changes between survey and decoding: one line, and nothing of it stays', async () => {
    const dataset = await at();
    put({ 'train/dog/a.png': await png(77) });
    await expect(dataset.load()).rejects.toThrow(/changed while the dataset was read\. Run the command again\.$/);
    put({ 'train/dog/a.png': await png(2) });
    expect(redOf((await (await at()).load()).train)).toEqual([0, 1, 2]);
  });

  test('a truncated one is noticed', async () => {
    const dataset = await at();
    await dataset.load();
    truncateSync(join(packOf(dataset), packFiles.pixels), 100);
    await expect(dataset.load()).rejects.toThrow(/pixels: shorter than it was written\. Delete its folder/);
  });

  test.runIf(process.platform === 'linux')('a full disk: one line', async () => {
    const dataset = await at();
    mkdirSync(packOf(dataset), { recursive: true });
    symlinkSync('/dev/full', join(packOf(dataset), packFiles.pixels));
    await expect(dataset.load()).rejects.toThrow(/the cache cannot be used \(the disk is full\)\. Make room/);
  });
});

function momentsHistogram(pictures: readonly Uint8Array[]): number[] {
  const values = Array<number>(768).fill(0);
  for (const pixels of pictures)
    for (const [i, value] of pixels.entries())
      values[256 * (i % 3) + value] = (values[256 * (i % 3) + value] as number) + 1;
  return values;
}

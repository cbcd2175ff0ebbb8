import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import definition from '../../src/cli/commands/data.ts';
import { findDuplicates } from '../../src/cli/data/facts.ts';
import { setInMemory } from '../../src/core/dataset.ts';
import { jpeg, png, useImageFolder } from '../data/pictures.ts';
import { newFolder } from '../new-folder.ts';
import { hear } from './called.ts';

const { root, put } = useImageFolder();
beforeEach(async () => {
  vi.stubEnv('BENCH_CACHE_DIR', newFolder());
  put({
    'train/cat/a.png': await png(0),
    'train/cat/b.png': await png(0),
    'train/dog/a.png': await png(0),
    'train/dog/b.png': await png(9),
    'test/dog/z.png': await png(9),
    'dataset.json': '{"title": "Cats & <dogs>"}',
  });
});

const data = (...args: string[]) => hear(definition, ...args);
const json = async (...args: string[]) => JSON.parse((await data(...args, '--json')).text);
const name = () => `folder:${root()}`;

describe('list', () => {
  test('has datasets and kinds of folders', async () => {
    const { datasets, folders } = await json();
    expect(datasets.map((one: { name: string }) => one.name)).toEqual(
      expect.arrayContaining(['cifar-10', 'mnist', 'svhn']),
    );
    expect(datasets.find((one: { name: string }) => one.name === 'cifar-100')).toMatchObject({
      classes: 100,
      shape: [32, 32, 3],
      trainImages: 50_000,
      ready: false,
    });
    expect(folders.map((one: { name: string }) => one.name)).toEqual([
      'folder',
      'imagenet',
      'imagenette',
      'tiny-imagenet',
    ]);
    expect((await data('list')).text).toMatch(
      /^dataset +training +test .*\n(.*\n)*cifar-10 +50,000 +10,000 +10 +32×32×3/,
    );
  });
});

describe('check', () => {
  test('every file is decoded', async () => {
    expect(await data('check', name())).toMatchObject({ code: 0, text: expect.stringContaining('5 files') });
  });

  test('a damaged one is named and gives exit code 1', async () => {
    put({ 'test/dog/bad.jpg': (await jpeg(0, 80, 80)).subarray(0, 800) });
    const { text, code } = await data('check', name());
    expect(code).toBe(1);
    expect(text).toMatch(/damaged: 1\n {2}test\/dog\/bad\.jpg: .*premature end/i);
  });

  test('a dataset that is not there: one line with what to do', async () => {
    await expect(data('check', 'svhn')).rejects.toThrow(
      /^svhn: 4 of 4 files are not in .*`bench data fetch svhn` does it now\.$/,
    );
  });
});

describe('show', () => {
  test('counts classes and images that are there twice', async () => {
    const page = join(root(), 'page.html');
    const facts = await json('show', name(), '--out', page);
    expect(facts).toMatchObject({
      title: 'Cats & <dogs>',
      classes: [
        { name: 'cat', train: 2, test: 0 },
        { name: 'dog', train: 2, test: 1 },
      ],
      duplicates: {
        withinTrain: { count: 2, otherClass: 1 },
        withinTest: { count: 0 },
        testInTrain: { count: 1, otherClass: 0, examples: [[1, 0]] },
      },
      page,
    });
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<title>Cats &amp; &lt;dogs&gt;</title>');
    expect(html).toContain('Within the training images: 2, of which 1 with another class');
    expect(html.match(/src="data:image\/png;base64,/g)?.length).toBe(2 + 7 + 2 * (2 + 1 + 1));
    expect(html).not.toMatch(/<script|src="http/);
  });

  test('the page opens with pictures of the right size', async () => {
    const page = join(root(), 'page.html');
    await data('show', name(), '--out', page, '--per-class', '1');
    const [, strip] = /base64,([^"]+)/.exec(readFileSync(page, 'utf8')) ?? [];
    const { default: sharp } = await import('sharp');
    expect(await sharp(Buffer.from(strip as string, 'base64')).metadata()).toMatchObject({ height: 6, width: 5 });
  });
});

test('duplicates are found among pictures of equal bytes and other sizes', () => {
  const set = setInMemory(Uint8Array.of(1, 2, 1, 2, 3, 4), [1, 2, 1], Uint8Array.of(0, 1, 1));
  const turned = setInMemory(Uint8Array.of(1, 2, 3, 4), [2, 1, 1], Uint8Array.of(0, 1));
  expect(findDuplicates(set, turned)).toMatchObject({
    withinTrain: { count: 1, otherClass: 1, examples: [[0, 1]] },
    testInTrain: { count: 0 },
  });
});

test.each([
  [['show'], /^data show: expected the name of a dataset, got none\./],
  [['shwo', 'mnist'], /^unknown action of data "shwo"\. Did you mean "show"\?/],
  [['show', 'cifar'], /^unknown dataset "cifar"\. Did you mean "cifar-10"\?/],
  [['show', 'folder'], /^dataset "folder": expected folder:FOLDER, a folder with train/],
  [['show', 'mnist:here'], /^dataset "mnist:here": mnist is no kind of folder\. Leave out ":here"\.$/],
  [['show', 'folder:/no/such/place'], /^\/no\/such\/place: expected a folder with train/],
  [['list', 'mnist'], /^data list: expected no name, got mnist\./],
])('%j: one line', async (args, message) => {
  await expect(data(...args)).rejects.toThrow(message);
});

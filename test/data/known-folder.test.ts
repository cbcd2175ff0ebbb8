import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { dataFolder } from '../../src/data/_cache.ts';
import { defineKnownFolder } from '../../src/data/_known-folder.ts';
import cifar from '../../src/data/cifar-10-jpeg.ts';
import folder from '../../src/data/folder.ts';
import { useTemporaryCache } from './made-up.ts';
import { jpeg, useImageFolder } from './pictures.ts';

useTemporaryCache();
const { root, put } = useImageFolder();

const FACTS = {
  name: 'two-pets',
  title: 'Two pets (JPEG copy)',
  source: 'a test',
  downloadBytes: 0,
  shape: [6, 5, 3],
  classes: ['cat', 'dog'],
  trainCount: 2,
  testCount: 2,
  getIt: 'Ask the cat.',
} as const;

const pets = async (fingerprint?: string) =>
  defineKnownFolder({ ...FACTS, fingerprint: fingerprint ?? (await folder.at(root())).fingerprint });
const say = () => {};

beforeEach(async () => {
  for (const [i, path] of ['train/cat/a', 'train/dog/a', 'test/cat/a', 'test/dog/a'].entries())
    put({ [`${path}.jpg`]: await jpeg(9 * i) });
  put({ 'README.md': 'x' });
});

test('is copied into the cache, from where it is read ever after, and bears its own name and title', async () => {
  const dataset = await pets();
  expect(await dataset.check()).toMatchObject({
    name: 'two-pets',
    ready: false,
    detail: expect.stringMatching(/^not in .*images\.$/),
  });
  await dataset.fetch(say, { from: root() });
  expect((await dataset.check()).ready).toBe(true);
  expect(readdirSync(join(dataFolder('two-pets'), 'images')).sort()).toEqual(['test', 'train']);
  await dataset.fetch(say);
  const { name, train, test: held, fingerprint } = await dataset.load();
  expect([name, train.count, held.count, fingerprint]).toEqual(['two-pets', 2, 2, dataset.fingerprint]);
  expect(await dataset.verify(say)).toMatchObject({ files: 4, damaged: [] });
});

test('another folder is refused with both fingerprints, and nothing is copied', async () => {
  const dataset = await pets('f'.repeat(64));
  await expect(dataset.fetch(say, { from: root() })).rejects.toThrow(
    /not Two pets \(JPEG copy\): expected fingerprint f{12}…, got [0-9a-f]{12}… of 2 and 2 images\. Ask the cat\.$/,
  );
  expect(existsSync(join(dataFolder('two-pets'), 'images'))).toBe(false);
});

test('a copy that has changed since is noticed', async () => {
  const dataset = await pets();
  await dataset.fetch(say, { from: root() });
  writeFileSync(join(dataFolder('two-pets'), 'images', 'train', 'cat', 'b.jpg'), await jpeg(77));
  await expect(dataset.load()).rejects.toThrow(/images: not Two pets \(JPEG copy\): expected .* of 3 and 2 images\./);
});

test('without a folder to take it from: what to do, in one line', async () => {
  await expect((await pets()).fetch(say)).rejects.toThrow(
    'Two pets (JPEG copy) is not fetched by itself. Ask the cat.',
  );
  await expect((await pets()).load()).rejects.toThrow('Two pets (JPEG copy): missing. Ask the cat.');
});

test('CIFAR-10 as JPEG never goes by the name of CIFAR-10', () => {
  expect(cifar.title).toBe('CIFAR-10 (JPEG copy)');
});

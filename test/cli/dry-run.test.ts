import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import run from '../../src/cli/commands/run.ts';
import type { DryRun } from '../../src/cli/run/dry-run.ts';
import { call } from './called.ts';
import { useGatePlace } from './gate-place.ts';

const place = useGatePlace();
const dryRun = (...args: string[]) => call(run, ...args, '--dry-run');
const json = async (...args: string[]): Promise<DryRun> => JSON.parse((await dryRun(...args, '--json')).text);

test('plans at the paper’s own setting without the paper’s dataset', async () => {
  const found = await json('depth-vs-width', '--tier', 'full');
  expect(found).toMatchObject({ planned: 10, cells: 10, seeds: 5, images: 10 * 600_000 * 256, arrays: [] });
  expect(found.data).toEqual([
    {
      dataset: 'imagenet',
      title: 'ImageNet (ILSVRC 2012)',
      trainImages: 1_281_167,
      testImages: 50_000,
      here: false,
      fingerprint: null,
      // 368 × 490.7 pixels of three bytes a picture.
      packBytes: Math.round(1_331_167 * 368 * 368 * (4 / 3) * 3),
    },
  ]);
  const [deep, wide] = found.arms;
  expect(deep).toMatchObject({
    arm: 'deep',
    net: 'resnet-34',
    input: [224, 224, 3],
    parameters: 21_797_672,
    solved: null,
  });
  expect(wide?.solved).toMatchObject({ option: 'width', arm: 'deep', count: 'parameters' });
  expect((wide?.parameters ?? 0) / 21_797_672).toBeCloseTo(1, 1);
  expect(wide?.epochs).toBeCloseTo((600_000 * 256) / 1_281_167, 9);
  expect(found.operations).toBe(found.arms.reduce((sum, arm) => sum + 5 * 6 * arm.macs * 600_000 * 256, 0));
  expect(found.memoryBytes).toBe(deep?.memoryBytes);
});

test('says it to a person too, with what is unknown', async () => {
  const { text } = await dryRun('degradation-34', '--tier', 'full');
  expect(text).toContain('20 cells: 4 arms × 5 seeds.\n');
  expect(text).toMatch(/^About [\d,]+ days of one processor, \d+ GB of memory for a cell, .+ of disk\.$/m);
  expect(text).toMatch(/^plain-34 +resnet-34 +224×224×3 +21\.6 M +3\.64 G +256 +600,000 +120 /m);
  expect(text).toMatch(/^ImageNet .+; not here, fingerprint unknown until it is; decoded once, about 721 GB\.$/m);
});

test('a run without the images is one line that says how to get them', async () => {
  const { code, error } = await call(run, 'degradation-34', '--tier', 'full');
  expect(code).toBe(4);
  expect(error).toMatch(/^degradation-34, tier full: expected ImageNet .+image-net\.org.+--set dataset=imagenet:/);
  expect(error.trim().split('\n')).toHaveLength(1);
});

test('where the images lie, their fingerprint is known', async () => {
  const folder = join(place().root, 'ilsvrc');
  for (const synset of ['train/n01', 'train/n02', 'val/n01', 'val/n02']) {
    mkdirSync(join(folder, synset), { recursive: true });
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .jpeg()
      .toFile(join(folder, synset, 'a.jpg'));
  }
  const { data } = await json(
    'shortcut-abc',
    '--tier',
    'full',
    '--set',
    `dataset=imagenet:${folder}`,
    '--set',
    'batch=1',
  );
  expect(data[0]).toMatchObject({ trainImages: 2, testImages: 2, here: true });
  expect(data[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

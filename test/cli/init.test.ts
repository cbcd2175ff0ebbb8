import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import init from '../../src/cli/commands/init.ts';
import newFile from '../../src/cli/commands/new.ts';
import { countNet, findNet } from '../../src/nets/index.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { planExperiment } from '../../src/runner/plan.ts';
import { useNewFolder } from '../new-folder.ts';
import { call } from './called.ts';

useNewFolder();

test('init writes a project whose net, images and experiment are found', async () => {
  expect(await call(init)).toMatchObject({ code: 0, text: expect.stringContaining('Next: npx bench run kernel') });
  const execution = { threads: 1, device: 'cpu' } as const;
  const plan = await planExperiment(await loadExperiment('kernel'), { tier: 'quick', settings: [], execution });
  expect(plan.arms.map(arm => arm.name)).toEqual(['one', 'three']);
  expect(plan.cells).toHaveLength(10);
  const smoke = await planExperiment(await loadExperiment('kernel'), { tier: 'smoke', settings: [], execution });
  expect(smoke.arms.map(({ config }) => [config.steps, config.evaluate.images])).toEqual([
    [12, 'all'],
    [12, 'all'],
  ]);
  expect(readFileSync('.gitignore', 'utf8')).toContain('.bench/');
});

test('nothing is overwritten, and nothing written if something is there', async () => {
  mkdirSync('experiments');
  writeFileSync('experiments/kernel.ts', 'mine');
  expect(await call(init)).toMatchObject({ code: 2, error: expect.stringContaining('experiments/kernel.ts') });
  expect(readFileSync('experiments/kernel.ts', 'utf8')).toBe('mine');
  expect(existsSync('nets')).toBe(false);
});

test('a new net can be counted, for the images of its paper and for others', async () => {
  expect(await call(newFile, 'net', 'my-net')).toMatchObject({
    code: 0,
    text: expect.stringContaining('nets/my-net.ts'),
  });
  const net = await findNet('my-net');
  expect(net).toMatchObject({ name: 'my-net', classes: 10 });
  expect(countNet(net).parameters).toBe(16 * (9 * 3 + 1) + 32 * (9 * 16 + 1) + 10 * 33);
  const small = await findNet('my-net', { filters: [4] }, { shape: [28, 28, 1], classes: 3 });
  expect(small.layers.at(-1)?.output).toEqual([3]);
});

test('what a project exports that is no net is said in one line', async () => {
  mkdirSync('nets');
  writeFileSync('nets/odd.ts', 'export default { name: 1 };\n');
  await expect(findNet('resnet-18')).rejects.toThrow(/odd\.ts: expected `export default` of a net, got something else/);
});

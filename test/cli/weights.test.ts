import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import definition from '../../src/cli/commands/weights.ts';
import { readSafetensors, writeSafetensors } from '../../src/engine/safetensors.ts';
import { newFolder } from '../new-folder.ts';
import { hear } from './called.ts';

const folder = newFolder(afterAll);
beforeAll(() => vi.stubEnv('BENCH_DIR', join(folder, '.bench')));
afterAll(() => void vi.unstubAllEnvs());

const weights = (...args: string[]) => hear(definition, ...args);
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/weights/${name}.safetensors`, import.meta.url));
const NET = ['--net', 'resnet-18:widths=4,8,16,32', '--input', '32x32x3', '--classes', '10'];
const THEIRS = [fixture('resnet-18'), ...NET, '--names', 'torchvision'];
const io = fixture('resnet-18.io');

test("check holds a peer's weights, images and logits together, and says by how much they differ", async () => {
  const { code, text } = await weights('check', ...THEIRS, '--images', io, '--expect', io, '--json');
  const result = JSON.parse(text);
  expect(code).toBe(0);
  expect(result).toMatchObject({ net: 'resnet-18', images: 4, seed: null, agreement: { of: 'logits', agrees: true } });
  expect(result.agreement.difference).toBeLessThan(1e-5);
  expect(result.logits[0][0]).toBeCloseTo(readSafetensors(io).read('logits').values[0] as number, 4);
});

test('other logits than expected exit with 1, NaN too', async () => {
  const { shape, values } = readSafetensors(io).read('logits');
  const other = join(folder, 'other.safetensors');
  for (const [index, value] of [
    [13, 1.001],
    [39, Number.NaN],
  ] as const) {
    const changed = values.map((one, i) => (i === index ? one * value : one));
    writeSafetensors(other, { logits: { shape, values: changed } });
    const { code, text } = await weights('check', ...THEIRS, '--images', io, '--expect', other, '--tolerance', '1e-6');
    expect([code, text]).toEqual([1, expect.stringMatching(/The logits differ from those expected/)]);
  }
});

test('import writes our names: the same weights, the same logits of the same random images', async () => {
  const out = join(folder, 'ours.safetensors');
  expect((await weights('import', ...THEIRS, '--out', out)).text).toMatch(
    /102 tensors of resnet-18|tensors of resnet-18/,
  );
  expect(readSafetensors(out).shapes.get('stage1.unit1.1.conv/kernel')).toEqual([3, 3, 4, 4]);
  const check = async (...args: string[]) =>
    JSON.parse((await weights('check', ...args, '--images', '3', '--json')).text);
  const [theirs, ours] = [await check(...THEIRS), await check(out, ...NET)];
  expect(ours).toEqual({ ...theirs, names: 'ours' });
  expect(ours.seed).toBe(1);
  expect((await check(out, ...NET, '--seed', '2')).logitsHash).not.toBe(ours.logitsHash);
});

test('what is missing or wrong is one line', async () => {
  await expect(weights('check', io)).rejects.toThrow('weights check: expected --net. See `bench weights --help`.');
  await expect(weights('import', ...THEIRS)).rejects.toThrow('weights import: expected --out.');
  await expect(weights('load', io)).rejects.toThrow(/unknown action of weights "load"/);
  await expect(weights('export', 'abc', '--out', 'x')).rejects.toThrow('there are no runs here, so none is "abc".');
  await expect(weights('check', ...THEIRS, '--tolerance', 'low')).rejects.toThrow(/--tolerance: expected a share/);
  await expect(weights('check', ...THEIRS, '--images', fixture('vgg-a.io'))).rejects.toThrow(
    /expected images of \[n, 32,32,3\] or \[n, 3,32,32\], got \[4,3,64,64\]/,
  );
  await expect(weights('check', ...THEIRS, '--images', '2', '--expect', io)).rejects.toThrow(
    /expected logits of \[2, 10\], one row an image, got \[4,10\]/,
  );
});

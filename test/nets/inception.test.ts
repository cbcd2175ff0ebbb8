import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/ids.ts';
import type { NetDescription } from '../../src/core/net.ts';
import { allNets, countNet, findNet } from '../../src/nets/index.ts';

const CIFAR = { shape: [32, 32, 3], classes: 10 };
const MNIST = { shape: [28, 28, 1], classes: 10 };
const family = [...(await allNets()).values()].filter(net => net.family === 'inception').map(net => net.name);

describe('inception-v1', () => {
  test('has the parameters of table 1 with biases', async () => {
    const count = countNet(await findNet('inception-v1'));
    expect(count).toMatchObject({ parameters: 6_998_552, parametersWithAuxiliary: 13_378_280 });
    expect(count.macs / 1e9).toBeCloseTo(1.583, 3);
  });

  test("with batch norm and 3×3 for 5×5 has torchvision's parameters", async () => {
    const count = countNet(await findNet('inception-v1', { norm: 'batch', fiveByFive: '3x3' }));
    expect(count).toMatchObject({ parameters: 6_624_904, parametersWithAuxiliary: 13_004_888 });
  });

  test("has table 1's output sizes", async () => {
    expect(joins(await findNet('inception-v1'))).toEqual(
      shapes('28×256 28×480 14×512 14×512 14×512 14×528 14×832 7×832 7×1024'),
    );
  });

  test('has 22 layers with weights from the image to the classifier', async () => {
    expect(depth(await findNet('inception-v1'))).toBe(22);
  });

  test.each([{}, { form: 'small' }])('norm has three levels %o', async options => {
    const layersOf = async (norm: Json) => (await findNet('inception-v1', { ...options, norm })).layers;
    const kinds = async (norm: Json) => new Set((await layersOf(norm)).map(layer => layer.op.kind));
    expect([(await kinds('none')).has('lrn'), (await kinds('none')).has('batch-norm')]).toEqual([false, false]);
    expect([(await kinds('lrn')).has('lrn'), (await kinds('lrn')).has('batch-norm')]).toEqual([true, false]);
    expect([(await kinds('batch')).has('lrn'), (await kinds('batch')).has('batch-norm')]).toEqual([false, true]);
  });

  test('a naive module convolves all its inputs and passes them on; a plain one is one 3×3', async () => {
    const naive = await findNet('inception-v1', { module: 'naive' });
    expect(joins(naive)[0]).toEqual([28, 28, 64 + 128 + 32 + 192]);
    const plain = await findNet('inception-v1', { module: 'plain' });
    expect(plain.layers.find(layer => layer.name === '3a.conv')?.output).toEqual([28, 28, 256]);
    const [reduced, ...costlier] = [await findNet('inception-v1'), plain, naive].map(net => countNet(net).macs);
    for (const macs of costlier) expect(macs).toBeGreaterThan(3 * (reduced as number));
  });

  test('the small form costs about as much as resnet-20', async () => {
    const { macs } = countNet(await findNet('inception-v1', { form: 'small' }, CIFAR));
    expect(macs / 40.6e6).toBeGreaterThan(0.8);
    expect(macs / 40.6e6).toBeLessThan(1.2);
  });
});

describe('auxiliary heads', () => {
  test.each([['inception-v1', ['auxiliary4a.dense', 'auxiliary4d.dense'], 0.3]])('%s', async (name, heads, weight) => {
    const { auxiliary } = await findNet(name);
    expect(auxiliary.map(head => head.layers.at(-1)?.name)).toEqual(heads);
    expect(auxiliary.map(head => head.weight)).toEqual(heads.map(() => weight));
    expect(auxiliary.map(head => head.layers.at(-1)?.output)).toEqual(heads.map(() => [1000]));
  });

  test.each(['inception-v1'])('of %s can be left out and weighed', async name => {
    expect((await findNet(name, { auxiliary: false })).auxiliary).toEqual([]);
    const { auxiliary } = await findNet(name, { form: 'small', auxiliaryWeight: 0.5 }, CIFAR);
    expect(auxiliary.map(head => head.weight)).toEqual([0.5]);
  });
});

describe.each(family)('%s', name => {
  test.each([CIFAR, MNIST])('has a small form for $shape', async input => {
    const net = await findNet(name, { form: 'small' }, input);
    expect(net.layers.at(-1)?.output).toEqual([10]);
    expect(net.layers.findLast(layer => layer.output.length === 3)?.output[0]).toBe((input.shape[0] as number) / 4);
    expect(countNet(net).macs).toBeLessThan(70e6);
  });

  test('the width scales every convolution', async () => {
    const wide = countNet(await findNet(name)).parameters;
    const narrow = countNet(await findNet(name, { width: 0.5 })).parameters;
    expect(narrow / wide).toBeLessThan(0.35);
  });
});

/** Outputs of modules: where branches join. */
function joins({ layers }: NetDescription) {
  return layers.filter(layer => layer.op.kind === 'concat').map(layer => layer.output);
}

function shapes(words: string): number[][] {
  return words.split(' ').map(word => {
    const [side, channels] = word.split('×').map(Number) as [number, number];
    return [side, side, channels];
  });
}

/** Layers with weights on the longest way. */
function depth({ layers }: NetDescription): number {
  const depths = new Map<string, number>();
  for (const { name, op, inputs } of layers) {
    const before = Math.max(0, ...inputs.map(input => depths.get(input.name) as number));
    depths.set(name, before + (op.kind === 'conv' || op.kind === 'dense' ? 1 : 0));
  }
  return depths.get(layers.at(-1)?.name as string) as number;
}

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

  test.each(['rising', 'equal', 'falling'])(
    '%s shares of 3×3 and 5×5, at the MACs of the published ones',
    async ratio => {
      for (const [form, input] of [
        ['paper', undefined] as const,
        ['small', CIFAR] as const,
        ['small', MNIST] as const,
      ]) {
        const macs = async (how: string) => countNet(await findNet('inception-v1', { form, ratio: how }, input)).macs;
        expect(Math.abs((await macs(ratio)) / (await macs('published')) - 1)).toBeLessThan(0.01);
      }
      const shares = sharesOf(await findNet('inception-v1', { ratio }));
      const changes = shares.slice(1).map((share, i) => share - (shares[i] as number));
      const expected = { rising: 0.3, equal: 0, falling: -0.3 }[ratio] as number;
      for (const change of changes) expect(change).toBeCloseTo(expected / changes.length, 2);
      expect(joins(await findNet('inception-v1', { ratio }))).toEqual(joins(await findNet('inception-v1')));
    },
  );

  /** Of the channels of each module, those of its second and third branch. */
  function sharesOf({ layers }: NetDescription): number[] {
    return layers.flatMap(({ op, inputs }) => {
      const channels = inputs.map(({ output }) => output[2] as number);
      if (op.kind !== 'concat') return [];
      return [((channels[1] as number) + (channels[2] as number)) / channels.reduce((a, b) => a + b)];
    });
  }

  test('the small form costs about as much as resnet-20', async () => {
    const { macs } = countNet(await findNet('inception-v1', { form: 'small' }, CIFAR));
    expect(macs / 40.6e6).toBeGreaterThan(0.8);
    expect(macs / 40.6e6).toBeLessThan(1.2);
  });
});

describe('inception-v2', () => {
  test("has the Caffe weights' parameters with biases beside batch norm, and one fewer a filter without", async () => {
    const biased = await findNet('inception-v2', { convBias: true });
    const filters = biased.layers.map(({ op }) => (op.kind === 'conv' ? op.filters : 0)).reduce((a, b) => a + b);
    expect(countNet(biased).parameters).toBe(11_295_240);
    expect(countNet(await findNet('inception-v2')).parameters).toBe(11_295_240 - filters);
  });

  test('has the published MACs, but for what imgclsmob counts beside convolutions', async () => {
    expect(countNet(await findNet('inception-v2')).macs / 2.048e9).toBeCloseTo(0.9925, 3);
  });

  test("has figure 5's output sizes, as its filters add up", async () => {
    expect(joins(await findNet('inception-v2'))).toEqual(
      shapes('28×256 28×320 14×576 14×576 14×576 14×608 14×608 7×1056 7×1024 7×1024'),
    );
  });

  test('has neither LRN nor dropout', async () => {
    const kinds = new Set((await findNet('inception-v2')).layers.map(layer => layer.op.kind));
    expect([kinds.has('lrn'), kinds.has('dropout')]).toEqual([false, false]);
  });
});

describe('inception-v3', () => {
  test('has the published parameters and MACs', async () => {
    const count = countNet(await findNet('inception-v3'));
    expect(count).toMatchObject({ parameters: 23_834_568, parametersWithAuxiliary: 27_161_264 });
    expect(count.macs / 1e9).toBeCloseTo(5.713, 3);
  });

  test("has table 1's sizes", async () => {
    const net = await findNet('inception-v3');
    const names = ['stem.3.conv', 'stem.4.pool', 'stem.6.conv', 'a1.concat', 'a3.concat', 'b4.concat', 'c2.concat'];
    expect(names.map(name => outputOf(net, name))).toEqual(shapes('147×64 73×64 71×192 35×256 35×288 17×768 8×2048'));
  });

  test('1×7 and 7×1 have fewer weights than three 3×3, and those fewer than 7×7', async () => {
    const levels = ['1x7-7x1', '3x3-stack', '7x7'];
    const nets = await Promise.all(levels.map(factorised => findNet('inception-v3', { factorised })));
    const [factorised, threes, whole] = nets.map(net => countNet(net).parameters) as [number, number, number];
    expect(factorised).toBeLessThan(threes);
    expect(threes).toBeLessThan(whole);
    expect(nets.map(net => outputOf(net, 'b4.concat'))).toEqual(shapes('17×768 17×768 17×768'));
  });
});

describe('inception-v4', () => {
  test('has the published parameters and MACs', async () => {
    const { parameters, macs } = countNet(await findNet('inception-v4'));
    expect(parameters).toBe(42_679_816);
    expect(macs / 12.3e9).toBeCloseTo(1, 2);
  });

  test("has the figures' sizes", async () => {
    const net = await findNet('inception-v4');
    const names = ['stem.4.concat', 'stem.5.concat', 'stem.6.concat', 'a4.concat', 'b7.concat', 'c3.concat'];
    expect(names.map(name => outputOf(net, name))).toEqual(shapes('73×160 71×192 35×384 35×384 17×1024 8×1536'));
  });
});

describe('inception-resnet', () => {
  test("v2 in the released layout has the published model's parameters", async () => {
    const released = await findNet('inception-resnet-v2', { layout: 'released', modules: [10, 20, 10] });
    expect(countNet(released).parameters).toBe(55_843_464);
  });

  test.each([
    ['inception-resnet-v1', '35×256 17×896 8×1792'],
    ['inception-resnet-v2', '35×384 17×1152 8×2144'],
  ])('%s adds to 5, 10 and 5 modules', async (name, sizes) => {
    const { layers } = await findNet(name);
    const sums = layers.filter(layer => layer.op.kind === 'add').map(layer => layer.output);
    const [a, b, c] = shapes(sizes);
    expect(sums).toEqual([...Array(5).fill(a), ...Array(10).fill(b), ...Array(5).fill(c)]);
  });

  test('branches are damped by stage, and additions can be left out', async () => {
    const { layers } = await findNet('inception-resnet-v2', { scale: [0.3, 0.2, 0.1], modules: [1, 1, 1] });
    expect(layers.flatMap(({ op }) => (op.kind === 'scale' ? [op.factor] : []))).toEqual([0.3, 0.2, 0.1]);
    const plain = await findNet('inception-resnet-v2', { shortcut: 'none' });
    expect(plain.layers.some(layer => layer.op.kind === 'add')).toBe(false);
    expect(countNet(plain).parameters).toBe(countNet(await findNet('inception-resnet-v2')).parameters);
  });

  test('a damping above 1 is refused', async () => {
    await expect(findNet('inception-resnet-v1', { scale: [2] })).rejects.toThrow(/numbers from 0 to 1/);
  });
});

describe('two 3×3 for a 5×5', () => {
  test.each(['inception-v1', 'inception-v2', 'inception-v3'])('%s', async name => {
    const five = await kernelCounts(name, '5x5');
    const two = await kernelCounts(name, '3x3-pair');
    expect(five['5×5']).toBeGreaterThan(0);
    expect(two['5×5']).toBeUndefined();
    expect((two['3×3'] as number) - (five['3×3'] as number)).toBe(2 * (five['5×5'] as number));
  });

  async function kernelCounts(name: string, how: string): Promise<Record<string, number>> {
    const { layers } = await findNet(name, { form: 'small', fiveByFive: how }, CIFAR);
    const kernels = layers.flatMap(({ op }) => (op.kind === 'conv' ? [op.kernel.join('×')] : []));
    return Object.fromEntries([...new Set(kernels)].map(kernel => [kernel, kernels.filter(k => k === kernel).length]));
  }
});

describe('auxiliary heads', () => {
  test.each([
    ['inception-v1', ['auxiliary4a.dense', 'auxiliary4d.dense'], 0.3],
    ['inception-v3', ['auxiliary.dense'], 0.4],
  ] as const)('%s', async (name, heads, weight) => {
    const { auxiliary } = await findNet(name);
    expect(auxiliary.map(head => head.layers.at(-1)?.name)).toEqual(heads);
    expect(auxiliary.map(head => head.weight)).toEqual(heads.map(() => weight));
    expect(auxiliary.map(head => head.layers.at(-1)?.output)).toEqual(heads.map(() => [1000]));
  });

  test.each(['inception-v1', 'inception-v3'])('of %s can be left out and weighed', async name => {
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

function outputOf({ layers }: NetDescription, name: string) {
  return layers.find(layer => layer.name === name)?.output;
}

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

import { describe, expect, test } from 'vitest';
import { parametersOf } from '../../src/core/parameters.ts';
import { countNet, findNet } from '../../src/nets/index.ts';
import { countOf, layerNames, SMALL_INPUTS, shapesOf } from './shapes.ts';

test.each([10, 20, 32, 50, 100])('highway-%i has as many layers below the classifier', async depth => {
  const names = await layerNames(`highway-${depth}`);
  expect(names.match(/layer\d+(?= )/g)).toHaveLength(depth);
  expect(names.match(/layer\d+\.carry/g)).toHaveLength(depth === 32 ? 29 : depth - 1);
});

describe('dense layers for MNIST (§3.1)', () => {
  test('gates begin almost closed', async () => {
    const { layers } = await findNet('highway-10', { gateBias: -4 });
    const biases = layers.flatMap(parametersOf).filter(one => one.name.endsWith('.gate/bias'));
    expect(biases).toHaveLength(9);
    expect(biases.every(one => one.init.kind === 'constant' && one.init.value === -4)).toBe(true);
  });

  test('50 units with gates and 71 without have about 5,000 parameters a layer', async () => {
    const perLayer = async (options: Record<string, number | string>) => {
      const { layers } = countNet(await findNet('highway-10', options));
      return layers.filter(layer => /^layer5/.test(layer.name)).reduce((sum, layer) => sum + layer.parameters, 0);
    };
    expect(await perLayer({})).toBe(5100);
    expect(await perLayer({ shortcut: 'none', units: 71 })).toBe(5112);
  });

  test('the gate blends the transform with what came in', async () => {
    const { layers } = await findNet('highway-10');
    const at = (name: string) => layers.find(layer => layer.name === name);
    const inputs = at('layer3.carry')?.inputs.map(one => one.name);
    expect(inputs).toEqual(['layer3.relu', 'layer3.gate.sigmoid', 'layer2.carry']);
    expect(at('layer3.gate')?.inputs).toEqual(at('layer3')?.inputs);
  });
});

describe('convolutions for CIFAR-10', () => {
  test('about the parameters of Highway C', async () => {
    expect((await countOf('highway-32')).parameters / 1.25e6).toBeCloseTo(1, 0);
    expect((await countOf('highway-32')).parameters).toBe(1_363_834);
  });

  test('three stages, each of half the size', async () => {
    const layers = ['layer10.carry', 'layer11', 'layer21.carry', 'layer32.carry', 'gap'];
    const sizes = ['32×32×32', '16×16×48', '16×16×48', '8×8×64', '64'];
    expect(await shapesOf('highway-32', layers)).toEqual(sizes);
  });

  test('any depth, with shortcuts of any kind', async () => {
    for (const depth of [3, 19, 101]) {
      for (const shortcut of ['gate', 'identity', 'none']) {
        const names = await layerNames('highway-32', { depth, shortcut });
        expect(names.match(/layer\d+(?= )/g)).toHaveLength(depth);
      }
    }
    await expect(findNet('highway-32', { depth: 2 })).rejects.toThrow(/depth of at least 3, got 2/);
  });
});

test.each(SMALL_INPUTS)('every small form fits $shape', async input => {
  for (const depth of [10, 20, 32, 50, 100]) {
    const net = await findNet(`highway-${depth}`, { form: 'small' }, input);
    expect(net.layers.at(-1)?.output).toEqual([10]);
    expect(countNet(net).macs).toBeLessThan(60e6);
  }
});

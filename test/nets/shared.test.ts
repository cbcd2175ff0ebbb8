/** Units that use the convolutions of another one (Liao & Poggio 2016). */
import { expect, test } from 'vitest';
import { netParameters, parametersOf, parametersUsedBy } from '../../src/core/parameters.ts';
import { describeNet } from '../../src/nets/_describe.ts';
import { conv, flatten, input, withParametersOf } from '../../src/nets/_layers.ts';
import { countNet, findNet } from '../../src/nets/index.ts';

test('the units of a stage but the first have the convolutions of the second, once', async () => {
  const net = await findNet('resnet-32', { shared: true });
  const kernels = netParameters(net).filter(({ role, name }) => role === 'kernel' && name.startsWith('stage2'));
  expect(kernels.map(({ name }) => name)).toEqual(
    ['unit1.1', 'unit1.2', 'unit2.1', 'unit2.2'].map(name => `stage2.${name}.conv/kernel`),
  );
  const fifth = net.layers.find(layer => layer.name === 'stage2.unit5.1.conv');
  expect(fifth && parametersOf(fifth)).toEqual([]);
  expect(fifth && parametersUsedBy(fifth).map(({ name }) => name)).toEqual(['stage2.unit2.1.conv/kernel']);
});

test('batch normalisation stays a unit’s own', async () => {
  const own = (shared: boolean) => findNet('resnet-32', { shared }).then(net => names(net, 'norm'));
  expect(await own(true)).toEqual(await own(false));

  function names(net: Parameters<typeof netParameters>[0], part: string): string[] {
    return netParameters(net).flatMap(({ name }) => (name.includes(part) ? [name] : []));
  }
});

test('shared weights count once, their multiplications each time', async () => {
  const [apart, shared] = [
    countNet(await findNet('resnet-32')),
    countNet(await findNet('resnet-32', { shared: true })),
  ];
  expect(shared.macs).toBe(apart.macs);
  const twoConvolutions = 2 * 9 * (16 ** 2 + 32 ** 2 + 64 ** 2);
  expect(apart.parameters - shared.parameters).toBe(3 * twoConvolutions);
});

test('a layer with variables of none, or of other shapes, is refused in one line', () => {
  const netOf = (owner: string, filters: number) => ({
    ...{ name: 'made-up', family: 'none', year: 2016, source: 'none', options: {} },
    paperInput: { shape: [4, 4, 3], classes: 10 },
    build: () => {
      const first = conv('first', input([4, 4, 3]), { filters: 3, kernel: 3 });
      return flatten('flat', withParametersOf(owner, conv('second', first, { filters, kernel: 3 })));
    },
  });
  expect(describeNet(netOf('first', 3)).layers).toHaveLength(4);
  expect(() => describeNet(netOf('third', 3))).toThrow(/second uses the variables of third: got no such layer/);
  expect(() => describeNet(netOf('first', 5))).toThrow(/got kernel \[3,3,3,3\] instead of kernel \[3,3,3,5\]/);
});

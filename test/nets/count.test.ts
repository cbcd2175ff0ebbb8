import { expect, test } from 'vitest';
import { countNet, findNet } from '../../src/nets/index.ts';

const CIFAR = { shape: [32, 32, 3], classes: 10 };

// torchvision's weight metadata (projection shortcuts); He et al. 2015 for the rest.
test.each([
  ['resnet-18', 11_689_512, 1.814e9],
  ['resnet-34', 21_797_672, 3.664e9],
])('%s has the published parameters and MACs', async (name, parameters, macs) => {
  const count = countNet(await findNet(name));
  expect(count.parameters).toBe(parameters);
  expect(count.macs / macs).toBeCloseTo(1, 3);
});

test.each([18, 34])('plain-%i has the parameters of the net with parameter-free shortcuts', async depth => {
  const plain = countNet(await findNet(`plain-${depth}`));
  const residual = countNet(await findNet(`residual-${depth}`, { shortcut: 'A' }));
  expect(plain.parameters).toBe(residual.parameters);
  expect(plain.macs).toBe(residual.macs);
});

test.each(['plain-18', 'plain-34', 'residual-18', 'residual-34'])(
  'the small form of %s keeps the depth',
  async name => {
    const weighted = (await findNet(name, { form: 'small' }, CIFAR)).layers.filter(layer =>
      ['conv', 'dense'].includes(layer.op.kind),
    );
    expect(weighted.length).toBe(Number(name.split('-')[1]));
  },
);

test("the paper form has the paper's output sizes", async () => {
  const { layers } = await findNet('resnet-34');
  const size = (name: string) => layers.find(layer => layer.name === name)?.output[0];
  expect([size('stem.conv'), size('stem.pool'), size('stage1.unit1.1.conv'), size('stage4.unit3.2.conv')]).toEqual([
    112, 56, 56, 7,
  ]);
});

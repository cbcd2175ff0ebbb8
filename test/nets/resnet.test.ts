import { describe, expect, test } from 'vitest';
import type { NetDescription } from '../../src/core/net.ts';
import { allNets, countNet, findNet } from '../../src/nets/index.ts';

const CIFAR = { shape: [32, 32, 3], classes: 10 };
const MNIST = { shape: [28, 28, 1], classes: 10 };
const ORDERS = ['original', 'bn-after-add', 'relu-before-add', 'relu-only-preactivation', 'full-preactivation'];
const family = [...(await allNets()).values()].filter(net => net.family === 'resnet').map(net => net.name);

// torchvision's parameters; MACs of convolutions and classifier with the stride on the first 1×1 (imgclsmob counts them so).
test.each([
  ['resnet-50', 25_557_032, 3_857_973_248],
  ['resnet-101', 44_549_160, 7_570_194_432],
  ['resnet-152', 60_192_808, 11_282_415_616],
])('%s has the published parameters and MACs', async (name, parameters, macs) => {
  expect(countNet(await findNet(name))).toMatchObject({ parameters, macs });
});

test('the stride on the 3×3 costs more and no parameters (torchvision: 4.089 G)', async () => {
  const count = countNet(await findNet('resnet-50', { bottleneckStride: '3x3' }));
  expect(count.parameters).toBe(25_557_032);
  expect(count.macs).toBe(4_089_184_256);
});

// Layer lists of He et al. 2015, §4.2: identity and zero-padding have no parameters.
test.each([
  [20, 269_722, 40.6],
  [32, 464_154, 68.9],
  [44, 658_586, 97.2],
  [56, 853_018, 125.5],
  [110, 1_727_962, 252.9],
])('plain-%i and resnet-%i for CIFAR have the parameters of the layer list', async (depth, parameters, megaMacs) => {
  for (const kind of ['plain', 'resnet', 'residual']) {
    const count = countNet(await findNet(`${kind}-${depth}`));
    expect(count.parameters).toBe(parameters);
    expect(count.macs / 1e6).toBeCloseTo(megaMacs, 1);
  }
});

// imgclsmob's pre-activation nets normalise the stem's output once more: 64 γ and 64 β.
test.each([
  [18, 11_687_848],
  [34, 21_796_008],
  [50, 25_549_480],
  [101, 44_541_608],
  [152, 60_185_256],
])('resnet-%i-v2 has the published parameters but for one batch norm of 64', async (depth, published) => {
  expect(countNet(await findNet(`resnet-${depth}-v2`)).parameters).toBe(published - 2 * 64);
});

describe.each(family)('%s', name => {
  test.each([{}, { form: 'small' }])('has the depth of its name %o', async options => {
    const { layers } = await findNet(name, options);
    const weighted = layers.filter(
      layer => ['conv', 'dense'].includes(layer.op.kind) && !/projection/.test(layer.name),
    );
    expect(weighted.length).toBe(Number(name.split('-')[1]));
  });

  test.each([CIFAR, MNIST])('has a small form for $shape', async input => {
    const { layers } = await findNet(name, { form: 'small' }, input);
    expect(layers.at(-1)?.output).toEqual([10]);
    const side = layers.findLast(layer => layer.output.length === 3)?.output[0] as number;
    expect(side).toBeGreaterThanOrEqual(4);
  });
});

test("table 1's output sizes", async () => {
  const net = await findNet('resnet-50');
  const names = [
    'stem.conv',
    'stem.pool',
    'stage1.unit3.add',
    'stage2.unit4.add',
    'stage3.unit6.add',
    'stage4.unit3.add',
  ];
  expect(names.map(name => outputOf(net, name))).toEqual([
    [112, 112, 64],
    [56, 56, 64],
    [56, 56, 256],
    [28, 28, 512],
    [14, 14, 1024],
    [7, 7, 2048],
  ]);
});

test("§4.2's output sizes", async () => {
  const net = await findNet('resnet-20');
  expect(['stage1.unit3.add', 'stage2.unit3.add', 'stage3.unit3.add'].map(name => outputOf(net, name))).toEqual([
    [32, 32, 16],
    [16, 16, 32],
    [8, 8, 64],
  ]);
});

test('the orders are those of figure 4 (He et al. 2016)', async () => {
  const orders = await Promise.all(ORDERS.map(order => findNet('resnet-20', { order })));
  expect(orders.map(net => unitOf(net, 'stage1.unit2'))).toEqual([
    '1.conv 1.norm relu1 2.conv 2.norm add relu2',
    '1.conv 1.norm relu1 2.conv add 2.norm relu2',
    '1.conv 1.norm relu1 2.conv 2.norm relu2 add',
    'relu1 1.conv 1.norm relu2 2.conv 2.norm add',
    '1.norm relu1 1.conv 2.norm relu2 2.conv add',
  ]);
});

test('a pre-activation net activates once after the stem and once before the head', async () => {
  const { layers } = await findNet('resnet-20-v2');
  const names = layers.map(layer => layer.name);
  expect(names.slice(0, 5)).toEqual(['input', 'stem.conv', 'stem.norm', 'stem.relu', 'stage1.unit1.1.conv']);
  expect(names.slice(-5)).toEqual(['stage3.unit3.add', 'head.norm', 'head.relu', 'head.pool', 'head.dense']);
});

test('the skip of a pre-activation net is the identity, where the shape changes from the activated signal', async () => {
  const { layers } = await findNet('resnet-18-v2');
  const inputsOf = (name: string) => layers.find(layer => layer.name === name)?.inputs.map(input => input.name);
  expect(inputsOf('stage2.unit2.add')).toContain('stage2.unit1.add');
  expect(inputsOf('stage2.unit1.projection.conv')).toEqual(['stage2.unit1.relu1']);
});

test.each(['none', 'lrn', 'batch', 'batch-lrn'])('norm %s', async norm => {
  const { layers } = await findNet('resnet-20', { norm, activation: 'tanh' });
  const kinds = layers.map(layer => layer.op.kind);
  expect(kinds.filter(kind => kind === 'batch-norm').length).toBe(norm.includes('batch') ? 19 : 0);
  expect(kinds.filter(kind => kind === 'lrn').length).toBe(norm.includes('lrn') ? 19 : 0);
  const biases = layers.map(({ op }) => (op.kind === 'conv' ? op.bias : undefined)).filter(bias => bias !== undefined);
  expect(new Set(biases)).toEqual(new Set([norm.includes('batch') ? null : 0]));
});

// Zhang, Dauphin & Ma 2019, §3: He's deviation times L^(-1/(2m-2)) for L branches of m weight layers.
test.each([
  ['resnet-20', 9, 2],
  ['resnet-164', 54, 3],
])('branches of %s start smaller where nothing normalises their sum', async (name, branches, layers) => {
  const stdOf = async (options: Record<string, string>) => {
    const { layers } = await findNet(name, options);
    const init = layers.flatMap(({ name: layer, op }) =>
      layer === 'stage1.unit2.2.conv' && op.kind === 'conv' ? [op.init] : [],
    );
    return init[0];
  };
  const he = Math.sqrt(2 / (9 * 16));
  expect(await stdOf({})).toEqual({ kind: 'he-fan-in' });
  expect(await stdOf({ norm: 'none', init: 'glorot' })).toEqual({ kind: 'glorot-uniform' });
  expect(await stdOf({ norm: 'none', shortcut: 'none' })).toEqual({ kind: 'he-fan-in' });
  const damped = await stdOf({ norm: 'none' });
  expect(damped?.kind === 'normal' && damped.std / he).toBeCloseTo(branches ** (-1 / (2 * layers - 2)), 6);
});

test('a plain net refuses shortcuts', async () => {
  await expect(findNet('plain-20', { shortcut: 'A' })).rejects.toThrow(/expected one of none/);
});

function outputOf({ layers }: NetDescription, name: string) {
  return layers.find(layer => layer.name === name)?.output;
}

function unitOf({ layers }: NetDescription, unit: string): string {
  const inside = layers.filter(layer => layer.name.startsWith(`${unit}.`));
  return inside.map(layer => layer.name.slice(unit.length + 1)).join(' ');
}

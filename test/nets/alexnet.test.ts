import { expect, test } from 'vitest';
import { parametersOf } from '../../src/core/parameters.ts';
import { countNet, findNet } from '../../src/nets/index.ts';
import { countOf, layerNames, SMALL_INPUTS, shapesOf } from './shapes.ts';

test('two towers: the exact counts of the layer list', async () => {
  expect(await countOf('alexnet')).toEqual({ parameters: 60_965_224, macs: 724_406_816 });
});

test('ungrouped: convolutions 2, 4 and 5 have twice the weights', async () => {
  const more = 25 * 48 * 256 + 9 * 192 * 384 + 9 * 192 * 256;
  expect((await countOf('alexnet', { towers: 'ungrouped' })).parameters).toBe(60_965_224 + more);
});

test('the one-GPU net halves convolutions 1 to 4 and has about the parameters of the two towers (§3.2)', async () => {
  const half = { towers: 'half' };
  expect(await shapesOf('alexnet', ['conv1', 'conv2', 'conv3', 'conv4', 'conv5'], half)).toEqual([
    '55×55×48',
    '27×27×128',
    '13×13×192',
    '13×13×192',
    '13×13×256',
  ]);
  expect((await countOf('alexnet', half)).parameters / 60_965_224).toBeCloseTo(1, 1);
});

test('the one-tower net of 2014 has the parameters of torchvision', async () => {
  expect(await countOf('alexnet-owt')).toEqual({ parameters: 61_100_840, macs: 714_188_480 });
});

test("the paper's sizes, at 227 px and at 224 px with padding", async () => {
  const layers = ['conv1', 'pool1', 'conv2', 'pool2', 'conv5', 'pool5', 'fc6', 'fc8'];
  const sizes = ['55×55×96', '27×27×96', '27×27×256', '13×13×256', '13×13×256', '6×6×256', '4096', '1000'];
  expect(await shapesOf('alexnet', layers)).toEqual(sizes);
  const padded = await findNet('alexnet', { stemPadding: 2 }, { shape: [224, 224, 3], classes: 1000 });
  expect(countNet(padded)).toMatchObject({ parameters: 60_965_224, macs: 724_406_816 });
});

test.each(['max', 'avg'])('2×2 pooling (%s) gives maps of the same sizes (§3.4), in both forms', async pooling => {
  for (const input of [undefined, ...SMALL_INPUTS]) {
    const form = input ? 'small' : 'paper';
    expect(await countOf('alexnet', { form, pooling }, input)).toEqual(await countOf('alexnet', { form }, input));
  }
});

test('first weights and biases of §5', async () => {
  const { layers } = await findNet('alexnet');
  const variables = layers.flatMap(parametersOf);
  const ones = variables.filter(one => one.init.kind === 'constant' && one.init.value === 1).map(one => one.name);
  expect(ones).toEqual(['conv2/bias', 'conv4/bias', 'conv5/bias', 'fc6/bias', 'fc7/bias']);
  const kernels = variables.filter(one => one.role === 'kernel');
  expect(kernels.every(one => one.init.kind === 'normal' && one.init.std === 0.01)).toBe(true);
});

test('LRN stands behind convolutions 1 and 2, batch normalisation behind all five in place of biases', async () => {
  expect((await layerNames('alexnet')).match(/\S+\.lrn/g)).toEqual(['conv1.lrn', 'conv2.lrn']);
  const batch = await layerNames('alexnet', { norm: 'batch' });
  expect(batch.match(/conv\d.norm/g)).toHaveLength(5);
  expect(batch).not.toContain('lrn');
  const scales = 96 + 256 + 384 + 384 + 256;
  expect((await countOf('alexnet', { norm: 'batch' })).parameters).toBe(60_965_224 + scales);
});

test.each(['conv1', 'conv2', 'conv3', 'conv4', 'conv5'])('without %s it has four convolutions', async remove => {
  for (const input of SMALL_INPUTS) {
    const names = await layerNames('alexnet', { form: 'small', remove }, input);
    expect(names.match(/conv\d(?= )/g)).toHaveLength(4);
    expect(names).not.toContain(`${remove} `);
  }
});

test.each(SMALL_INPUTS)('the small form for $shape keeps the mechanisms', async input => {
  const net = await findNet('alexnet', { form: 'small' }, input);
  expect(net.layers.at(-1)?.output).toEqual([10]);
  const { layers, macs, parameters } = countNet(net);
  expect(macs).toBeGreaterThan(20e6);
  expect(macs).toBeLessThan(60e6);
  const dense = layers.filter(layer => layer.kind === 'dense').reduce((sum, layer) => sum + layer.parameters, 0);
  expect(dense / parameters).toBeGreaterThan(0.9);
  expect(layers.filter(layer => layer.kind === 'lrn')).toHaveLength(2);
});

test('a head of global average pooling has no hidden layers and a tenth of the parameters', async () => {
  const names = await layerNames('alexnet', { head: 'gap' });
  expect(names).toMatch(/pool5 gap fc6$/);
  expect((await countOf('alexnet', { head: 'gap' })).parameters).toBeLessThan(6e6);
});

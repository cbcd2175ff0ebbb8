import { describe, expect, test } from 'vitest';
import { countNet, findNet } from '../../src/nets/index.ts';
import { countOf, layerNames, SMALL_INPUTS, shapesOf } from './shapes.ts';

// torchvision's weight metadata; C by the arithmetic of table 1.
test.each([
  ['vgg-a', 132_863_336, 7.609e9],
  ['vgg-a-lrn', 132_863_336, 7.609e9],
  ['vgg-b', 133_047_848, 11.308e9],
  ['vgg-c', 133_638_952, 11.771e9],
  ['vgg-d', 138_357_544, 15.47e9],
  ['vgg-e', 143_667_240, 19.632e9],
])('%s has the published parameters and MACs', async (name, parameters, macs) => {
  const count = await countOf(name);
  expect(count.parameters).toBe(parameters);
  expect(count.macs / macs).toBeCloseTo(1, 3);
});

test.each([
  ['vgg-a', 11],
  ['vgg-b', 13],
  ['vgg-c', 16],
  ['vgg-d', 16],
  ['vgg-e', 19],
])('%s has %i layers with weights, in both forms', async (name, depth) => {
  for (const [form, input] of [['paper', undefined] as const, ...SMALL_INPUTS.map(one => ['small', one] as const)]) {
    const { layers } = await findNet(name, { form }, input);
    expect(layers.filter(layer => ['conv', 'dense'].includes(layer.op.kind))).toHaveLength(depth);
  }
});

test('each of five poolings halves the image', async () => {
  const pools = ['pool1', 'pool2', 'pool3', 'pool4', 'pool5', 'fc6', 'fc8'];
  const sizes = ['112×112×64', '56×56×128', '28×28×256', '14×14×512', '7×7×512', '4096', '1000'];
  expect(await shapesOf('vgg-d', pools)).toEqual(sizes);
});

test('C has 1×1 convolutions where D has 3×3', async () => {
  const kernels = async (name: string) =>
    Object.fromEntries(
      (await findNet(name)).layers.map(({ name: layer, op }) => [layer, op.kind === 'conv' && op.kernel]),
    );
  const [c, d] = [await kernels('vgg-c'), await kernels('vgg-d')];
  const differing = Object.keys(d).filter(name => String(c[name]) !== String(d[name]));
  expect(differing).toEqual(['conv3_3', 'conv4_3', 'conv5_3']);
  expect(differing.map(name => c[name])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
});

test('A-LRN has one normalisation, behind the first convolution', async () => {
  expect((await layerNames('vgg-a-lrn')).match(/\S+\.lrn/g)).toEqual(['conv1_1.lrn']);
  expect(await layerNames('vgg-a', { norm: 'lrn' })).toBe(await layerNames('vgg-a-lrn'));
  expect(await layerNames('vgg-a')).not.toContain('lrn');
});

describe('larger kernels in place of stacks', () => {
  test('B with 5×5: one convolution a stage, which sees as far (§4.1)', async () => {
    const { layers } = await findNet('vgg-b', { kernel: '5x5' });
    const kernels = layers.flatMap(({ op }) => (op.kind === 'conv' ? [op.kernel[0]] : []));
    expect(kernels).toEqual([5, 5, 5, 5, 5]);
  });

  test('three 3×3 convolutions have 27/49 of the weights of one 7×7 (§2.3)', async () => {
    const weights = async (kernel: string) => {
      const { layers } = countNet(await findNet('vgg-d', { kernel, filters: [8] }));
      return layers.filter(layer => /^conv[45]_/.test(layer.name)).reduce((sum, one) => sum + one.parameters, 0);
    };
    const biases = { '3x3-stack': 6 * 8, '7x7': 2 * 8 };
    expect(((await weights('3x3-stack')) - biases['3x3-stack']) / ((await weights('7x7')) - biases['7x7'])).toBeCloseTo(
      27 / 49,
    );
  });

  test('what does not fill a stack stays', async () => {
    const { layers } = await findNet('vgg-d', { kernel: '5x5' });
    const kernels = layers.flatMap(({ op }) => (op.kind === 'conv' ? [op.kernel[0]] : []));
    expect(kernels).toEqual([5, 5, 5, 3, 5, 3, 5, 3]);
  });
});

test.each(SMALL_INPUTS)('every small form fits $shape', async input => {
  for (const letter of ['a', 'a-lrn', 'b', 'c', 'd', 'e']) {
    for (const options of [{}, { norm: 'batch' }, { head: 'gap' }, { kernel: '7x7' }, { pooling: 'overlapping' }]) {
      const net = await findNet(`vgg-${letter}`, { form: 'small', ...options }, input);
      expect(net.layers.at(-1)?.output).toEqual([10]);
      expect(countNet(net).macs).toBeLessThan(60e6);
    }
  }
});

import { expect, test } from 'vitest';
import { countNet, findNet } from '../../src/nets/index.ts';
import { countOf, layerNames, SMALL_INPUTS, shapesOf } from './shapes.ts';

test('the exact counts of imgclsmob', async () => {
  expect(await countOf('nin')).toEqual({ parameters: 966_986, macs: 222_486_528 });
});

test('three blocks, halved by pooling; the last layer has a map for each class', async () => {
  const layers = ['conv1.mlp2', 'pool1', 'conv2.mlp2', 'pool2', 'conv3.mlp2', 'gap'];
  const sizes = ['32×32×96', '16×16×96', '16×16×192', '8×8×192', '8×8×10', '10'];
  expect(await shapesOf('nin', layers)).toEqual(sizes);
});

test('without the 1×1 layers of its blocks only the layer of class maps is 1×1', async () => {
  const names = await layerNames('nin', { block: 'conv' });
  expect(names.match(/conv\d(\.mlp\d)?(?= )/g)).toEqual(['conv1', 'conv2', 'conv3', 'conv3.mlp2']);
});

test('heads of table 5: a dense layer reads the class maps, with or without dropout', async () => {
  expect(await layerNames('nin', { head: 'gap' })).toMatch(/relu gap$/);
  expect(await layerNames('nin', { head: 'fc' })).toMatch(/relu flatten fc$/);
  expect(await layerNames('nin', { head: 'fc', headDropout: 0.5 })).toMatch(/relu flatten flatten.dropout fc$/);
  expect((await countOf('nin', { head: 'fc' })).parameters).toBe(966_986 + 8 * 8 * 10 * 10 + 10);
});

test.each(SMALL_INPUTS)('the small form fits $shape', async input => {
  const net = await findNet('nin', { form: 'small' }, input);
  expect(net.layers.at(-1)?.output).toEqual([10]);
  expect(countNet(net).macs).toBeLessThan(60e6);
});

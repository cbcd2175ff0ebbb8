import { expect, test } from 'vitest';
import { findNet } from '../../src/nets/index.ts';
import { countOf, SMALL_INPUTS, shapesOf } from './shapes.ts';

test('the sizes of figure 3', async () => {
  const layers = ['conv1', 'pool1', 'conv2', 'pool2', 'conv3', 'conv5', 'pool5'];
  const sizes = ['110×110×96', '55×55×96', '26×26×256', '13×13×256', '13×13×384', '13×13×256', '6×6×256'];
  expect(await shapesOf('zfnet', layers)).toEqual(sizes);
});

test('the counts of the layer list', async () => {
  expect(await countOf('zfnet')).toEqual({ parameters: 62_357_608, macs: 1_168_032_896 });
});

test.each(SMALL_INPUTS)('the small form fits $shape', async input => {
  const { layers } = await findNet('zfnet', { form: 'small' }, input);
  expect(layers.at(-1)?.output).toEqual([10]);
  expect(layers.filter(layer => layer.op.kind === 'lrn')).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { DIGIT_CODES } from '../../src/nets/_digit-codes.ts';
import { countNet, findNet } from '../../src/nets/index.ts';
import { countOf, SMALL_INPUTS, shapesOf } from './shapes.ts';

// LeCun et al. 1998, §II.B.
test('each layer has the parameters that the paper gives', async () => {
  const { layers, parameters } = countNet(await findNet('lenet-5'));
  const trained = layers.filter(layer => layer.parameters > 0).map(layer => [layer.name, layer.parameters]);
  expect(Object.fromEntries(trained)).toEqual({ c1: 156, s2: 12, c3: 1516, s4: 32, c5: 48_120, f6: 10_164 });
  expect(parameters).toBe(60_000);
});

test("the paper's sizes", async () => {
  const layers = ['c1', 's2', 'c3', 's4', 'c5', 'f6', 'output'];
  expect(await shapesOf('lenet-5', layers)).toEqual([
    '28×28×6',
    '14×14×6',
    '10×10×16',
    '5×5×16',
    '1×1×120',
    '84',
    '10',
  ]);
});

test('table I: six maps see three neighbours, nine see four, one sees all; each map is seen ten times', async () => {
  const c3 = (await findNet('lenet-5')).layers.find(layer => layer.name === 'c3');
  const connections = c3?.op.kind === 'conv' ? (c3.op.connections ?? []) : [];
  expect(connections.map(maps => maps.length)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6]);
  expect(new Set(connections.map(String)).size).toBe(16);
  for (let map = 0; map < 6; map++) expect(connections.filter(maps => maps.includes(map))).toHaveLength(10);
});

test('all-connected with a dense output: 61,706 parameters', async () => {
  expect((await countOf('lenet-5-modern')).parameters).toBe(61_706);
  const options = { connections: 'all', subsampling: 'average', output: 'dense' };
  expect((await countOf('lenet-5', options)).parameters).toBe(61_706);
});

test('codes are ten different drawings of 84 pixels of ±1', () => {
  expect(DIGIT_CODES.map(code => code.length)).toEqual(Array(10).fill(84));
  expect(new Set(DIGIT_CODES.flat())).toEqual(new Set([1, -1]));
  const apart = DIGIT_CODES.flatMap((a, i) =>
    DIGIT_CODES.slice(i + 1).map(b => a.filter((pixel, p) => pixel !== b[p]).length),
  );
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(5);
});

test('more classes than codes are refused in one line that names the way out', async () => {
  const letters = { shape: [32, 32, 1], classes: 47 };
  await expect(findNet('lenet-5', {}, letters)).rejects.toThrow(UserError);
  await expect(findNet('lenet-5', {}, letters)).rejects.toThrow(/47 classes\. Use the option output=dense\./);
  expect((await findNet('lenet-5', { output: 'dense' }, letters)).layers.at(-1)?.output).toEqual([47]);
});

test.each(SMALL_INPUTS)('the small form pads $shape to 32 px', async input => {
  const net = await findNet('lenet-5', { form: 'small' }, input);
  expect(net.layers.find(layer => layer.name === 'c1')?.output).toEqual([28, 28, 6]);
  expect(net.layers.at(-1)?.output).toEqual([10]);
});

import { expect, test } from 'vitest';
import type { NetDescription } from '../../src/core/net.ts';
import { findNet } from '../../src/nets/index.ts';
import { moduleTable } from '../../src/report/drawing/module-table.ts';
import { stageTables, type Table } from '../../src/report/drawing/stage-table.ts';
import { tablePage } from '../../src/report/drawing/table-page.ts';
import { allNames } from './drawn-nets.ts';

const nets = (...names: string[]): Promise<NetDescription[]> => Promise.all(names.map(name => findNet(name)));
const row = (table: Table | undefined, first: string): string[][] | undefined =>
  table?.rows.find(cells => cells[0]?.[0] === first)?.slice(1) as string[][] | undefined;

test('ResNet, table 1 of He et al. 2015', async () => {
  const [first] = stageTables(await nets('resnet-18', 'resnet-34', 'resnet-50', 'resnet-101', 'resnet-152'));
  expect(row(first?.table, '112×112')?.[0]).toEqual(['7×7, 64, stride 2']);
  expect(row(first?.table, '56×56')?.[1]).toEqual(['3×3 max pool, stride 2', '[3×3, 64; 3×3, 64] × 3']);
  expect(row(first?.table, '14×14')).toEqual([
    ['[3×3, 256; 3×3, 256] × 2'],
    ['[3×3, 256; 3×3, 256] × 6'],
    ['[1×1, 256; 3×3, 256; 1×1, 1024] × 6'],
    ['[1×1, 256; 3×3, 256; 1×1, 1024] × 23'],
    ['[1×1, 256; 3×3, 256; 1×1, 1024] × 36'],
  ]);
  expect(row(first?.table, '1×1')?.[4]).toEqual(['global average pool', '1000-d fc']);
});

test('VGG, table 1 of Simonyan & Zisserman 2014', async () => {
  const [first] = stageTables(await nets('vgg-a', 'vgg-a-lrn', 'vgg-c', 'vgg-e'));
  expect(row(first?.table, '224×224')).toEqual([['3×3, 64'], ['3×3, 64, LRN'], ['3×3, 64 × 2'], ['3×3, 64 × 2']]);
  expect(row(first?.table, '28×28')?.[2]?.slice(1)).toEqual(['3×3, 512 × 2', '1×1, 512']);
  expect(row(first?.table, '1×1')?.[3]).toEqual(['4096-d fc × 2', '1000-d fc']);
});

test('nets of different images have tables of their own', async () => {
  const tables = stageTables(await nets('resnet-20', 'resnet-18', 'resnet-56'));
  expect(tables.map(({ table }) => table.columns)).toEqual([
    ['output', 'resnet-20', 'resnet-56'],
    ['output', 'resnet-18'],
  ]);
});

test('branches stand in the cell of their stage, what lies side by side in them in parentheses', async () => {
  const [first] = stageTables(await nets('inception-v4', 'inception-resnet-v1'));
  const eight = row(first?.table, '8×8');
  expect(eight?.[0]?.at(-1)).toMatch(/1×1, 384; \(1×3, 256 \| 3×1, 256\).*\] × 3$/);
  expect(eight?.[1]?.at(-1)).toBe('[1×1, 192 | 1×1, 192; 1×3, 192; 3×1, 192 → 1×1, 1792] × 5');
});

test('GoogLeNet, table 1 of Szegedy et al. 2014', async () => {
  const [net] = (await nets('inception-v1')) as [NetDescription];
  const table = moduleTable(net, layers => [String(layers.length), '']);
  expect(table?.columns).toEqual([
    ...['type', 'patch/stride', 'output', 'depth', '#1×1', '#3×3 reduce', '#3×3', '#5×5 reduce', '#5×5', 'pool proj'],
    ...['params', 'ops'],
  ]);
  const cells = table?.rows.map(line => line.map(cell => cell[0]));
  expect(cells?.[0]?.slice(0, 4)).toEqual(['convolution', '7×7/2', '112×112×64', '1']);
  expect(cells?.[2]?.slice(0, 7)).toEqual(['convolution', '3×3/1', '56×56×192', '2', '', '64', '192']);
  expect(row(table, 'inception (4d)')?.slice(1, 9).flat()).toEqual([
    ...['14×14×528', '2', '112', '144', '288', '32', '64', '64'],
  ]);
});

test('BN-Inception’s has doubled convolutions, and what passes a pooling; v4 has none of this kind', async () => {
  const [second, fourth] = (await nets('inception-v2', 'inception-v4')) as [NetDescription, NetDescription];
  const table = moduleTable(second, () => ['', '']);
  expect(table?.columns).toContain('double #3×3 reduce');
  expect(row(table, 'inception (3c)')?.flat()).toContain('max + pass through');
  expect(moduleTable(fourth, () => ['', ''])).toBeUndefined();
});

test('every net of the registry has its cells', async () => {
  for (const net of await nets(...(await allNames()))) {
    const [first] = stageTables([net]);
    const cells = (first?.table.rows ?? []).map(line => line[1] ?? []);
    expect(cells.flat().length, net.name).toBeGreaterThan(0);
    expect(cells.flat().join(), net.name).not.toMatch(/undefined|\[\]/);
  }
});

test('a page escapes what is in its cells', () => {
  const page = tablePage('a title', [{ title: 'one', columns: ['output', '<b>'], rows: [[['1×1'], ['<i>', 'x']]] }]);
  expect(page).toContain('<th>&lt;b&gt;</th>');
  expect(page).toContain('<td>&lt;i&gt;<br>x</td>');
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import definition from '../../src/cli/commands/nets.ts';
import { align } from '../../src/cli/nets/align.ts';
import { formatDiff } from '../../src/cli/nets/diff.ts';
import { formatCompact, formatShare } from '../../src/cli/nets/format.ts';
import { fitColumns, leftOut } from '../../src/cli/output/fit-columns.ts';
import { loadFolder } from '../../src/core/folder.ts';
import type { NetDefinition } from '../../src/core/net.ts';
import { hear } from './called.ts';

/** What the command writes; as on a terminal of unlimited width. */
async function nets(...args: string[]): Promise<string> {
  const { code, text } = await hear(definition, ...args);
  expect(code).toBe(0);
  return text;
}

const json = async (...args: string[]) => JSON.parse(await nets(...args, '--json'));
const names = (list: { name: string }[]): string[] => list.map(net => net.name);

describe('list', () => {
  test('has every net of the folder, oldest first', async () => {
    const families = await loadFolder<readonly NetDefinition[]>(new URL('../../src/nets/', import.meta.url));
    const all = families.flatMap(family => names([...family.value]));
    const listed = await json();
    expect(names(listed).sort()).toEqual(all.sort());
    const years = (await json('list')).map((net: { year: number }) => net.year);
    expect(years).toEqual([...years].sort());
    expect(years[0]).toBe(1957);
  });

  test('a row gives family, year, depth, counts, and the published error with what it is of', async () => {
    expect(await nets('--family', 'alexnet')).toMatch(
      /^alexnet +alexnet +2012 +8 +61\.0 M +724 M +16\.4 % +5 models, test +Krizhevsky/m,
    );
    expect((await json('--family=vgg'))[0]).toMatchObject({
      name: 'vgg-a',
      depth: 11,
      parameters: 132_863_336,
      top5: { error: 0.104, models: 1, set: 'val' },
    });
  });

  test('sorts by counts and by names, with numbers in names as numbers', async () => {
    expect(names(await json('--family', 'vgg', '--sort', 'parameters'))).toEqual([
      'vgg-a',
      'vgg-a-lrn',
      'vgg-b',
      'vgg-c',
      'vgg-d',
      'vgg-e',
    ]);
    expect(names(await json('--family', 'highway', '--sort', 'name'))[4]).toBe('highway-100');
    expect(names(await json('--family', 'alexnet', '--sort', 'top5'))).toEqual(['alexnet', 'alexnet-owt']);
  });
});

describe('show', () => {
  test('JSON has exactly these fields', async () => {
    const net = await json('show', 'nin');
    const { layers, options, ...rest } = net;
    expect(rest).toEqual({
      name: 'nin',
      parameters: 966_986,
      parametersWithAuxiliary: 966_986,
      macs: 222_486_528,
      published: { parameters: 966_986, macs: 222_486_528, source: 'imgclsmob, nin_cifar10' },
    });
    expect(options).toMatchObject({ form: 'paper', block: 'mlpconv', head: 'gap' });
    expect(layers[1]).toEqual({
      name: 'conv1',
      kind: 'conv',
      output: [32, 32, 192],
      parameters: 14_592,
      macs: 14_745_600,
    });
    expect(await json('show', 'perceptron')).toMatchObject({
      published: { parameters: null, macs: null, source: null },
    });
  });

  test('a row for each layer, with what follows it, its shares and what it sees', async () => {
    const text = await nets('show', 'alexnet');
    expect(text).toMatch(
      /^conv2 +conv +5×5 g2 +1 +27×27×256 +relu lrn +307,456 +0\.5 +224 M +30\.9 +224 M +186,624 +51$/m,
    );
    expect(text).toMatch(/^fc6 +dense +4096 +relu dropout 0\.5 +37,752,832 +61\.9 .* all$/m);
    expect(text).not.toMatch(/^conv2\.relu/m);
    expect(await nets('show', 'alexnet', '--all')).toMatch(/^conv2\.relu +relu/m);
  });

  test("AlexNet's figures of the literature beside ours", async () => {
    const text = await nets('show', 'alexnet');
    expect(text).toMatch(/^parameters +60,965,224$/m);
    expect(text).toMatch(/^neurons +659,272$/m);
    expect(text).toMatch(/^published +60,000,000 parameters/m);
    expect(text).toMatch(/^ours +parameters are 1\.6 % more: the paper cuts/m);
    expect(text).toMatch(/^top-5 +16\.4 % error of 5 models \(test/m);
  });

  test('LeNet-5 has the 340,908 connections and 60,000 parameters of the paper', async () => {
    const text = await nets('show', 'lenet-5');
    expect(text).toMatch(/^connections +340,908/m);
    expect(text).toMatch(/^ours +parameters are equal$/m);
  });

  test.each([
    ['vgg-d', 'parameters are equal, MACs are equal as rounded'],
    ['vgg-c', 'parameters are equal as rounded'],
    ['highway-32', 'parameters are 9.1 % more'],
  ])('says how the counts of %s agree', async (name, said) => {
    expect(await nets('show', name)).toMatch(new RegExp(`^ours +${said}$`, 'm'));
  });

  test.each([['--set', 'norm=none'], ['--norm=none'], ['--norm', 'none']])(
    'options of the net: %s',
    async (...flags) => {
      expect((await json('show', 'alexnet', ...flags)).options.norm).toBe('none');
      expect((await json('show', ...flags, 'alexnet')).options.norm).toBe('none');
      expect((await json('show', 'alexnet:norm=none:towers=half')).options).toMatchObject({
        norm: 'none',
        towers: 'half',
      });
      expect(await nets('show', 'alexnet', ...flags)).toMatch(/^ours +not of the paper's form/m);
    },
  );

  test('shape and classes are asked for, or those of the form', async () => {
    const asked = await json('show', 'alexnet', '--input=224x224x1', '--classes=47', '--stemPadding=2');
    expect(asked.layers[0].output).toEqual([224, 224, 1]);
    expect(asked.layers.at(-1).output).toEqual([47]);
    const small = await json('show', 'alexnet', '--form=small');
    expect([small.layers[0].output, small.layers.at(-1).output]).toEqual([[32, 32, 3], [10]]);
  });
});

describe('compare', () => {
  test('says which layers differ, and how', async () => {
    const text = await nets('compare', 'alexnet', 'alexnet:towers=ungrouped');
    expect(text).toMatch(/^towers +two +ungrouped$/m);
    expect(text).toMatch(/^parameters +60,965,224 +62,378,344 +\+2\.3 %$/m);
    expect(text).toMatch(/^~ +conv2 +conv 5×5 g2 relu lrn → 27×27×256 +conv 5×5 relu lrn → 27×27×256$/m);
    expect(text).not.toMatch(/conv1/);
    expect(text).toMatch(/9 layers are alike in both/);
  });

  test('JSON has every layer, those of one net only too', async () => {
    const { a, b, layers } = await json('compare', 'vgg-a', 'vgg-b');
    expect([a.parameters, b.parameters]).toEqual([132_863_336, 133_047_848]);
    const added = layers.filter((layer: { change: string }) => layer.change !== 'alike');
    expect(added).toEqual([
      { change: 'only-b', name: 'conv1_2', a: null, b: 'conv 3×3 relu → 224×224×64' },
      { change: 'only-b', name: 'conv2_2', a: null, b: 'conv 3×3 relu → 112×112×128' },
    ]);
  });

  test('a layer whose inputs alone differ shows its parameters', async () => {
    expect(await nets('compare', 'vgg-a', 'alexnet')).toMatch(
      /^~ +fc6 +dense .* → 4096, 103 M parameters +dense .* 37\.8 M parameters$/m,
    );
  });

  test('a net does not differ from itself', async () => {
    expect(await nets('compare', 'nin', 'nin')).toMatch(/No layer differs\.\n$/);
  });
});

describe('mistakes are one line that says what to do', () => {
  test.each([
    [['shw'], /unknown action of nets "shw"\. Did you mean "show"/],
    [['show'], /show: expected 1 name of nets, got none/],
    [['compare', 'nin'], /compare: expected 2 names of nets, got nin/],
    [['show', 'alexnt'], /unknown net "alexnt"\. Did you mean "alexnet"/],
    [['show', 'alexnet', '--nrm=lrn'], /unknown option of alexnet "nrm"\. Did you mean "norm"/],
    [['show', 'alexnet', '--norm=lnr'], /option norm: expected one of none, lrn, batch, batch-lrn, got "lnr"/],
    [['show', 'alexnet', '--filters=8'], /option filters: expected a list such as \[96,256,384,384,256\], got 8/],
    [['show', 'alexnet', '--set', 'norm'], /expected option=value, got "norm"/],
    [['show', 'alexnet', '--input=64x64'], /--input: expected HEIGHTxWIDTHxCHANNELS.*got "64x64"/],
    [['show', 'alexnet', '--input=9x9x3'], /layer conv1: a window of 11 does not fit into 9 pixels/],
    [['--famly', 'vgg'], /list: unknown option --famly=vgg/],
    [['--family', 'vg'], /unknown family of nets "vg"\. Did you mean "vgg"/],
  ])('%j', async (args, message) => {
    await expect(nets(...args)).rejects.toThrow(message);
    await expect(nets(...args)).rejects.not.toThrow(/\n/);
  });
});

test('nothing that the command imports loads TensorFlow or the engine', () => {
  const seen = new Set<string>();
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    for (const [, path] of readFileSync(url, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g))
      visit(new URL(path as string, url));
  };
  visit(new URL('../../src/cli/commands/nets.ts', import.meta.url));
  for (const net of ['alexnet', 'lenet', 'resnet']) visit(new URL(`../../src/nets/${net}.ts`, import.meta.url));
  expect([...seen].filter(url => url.includes('/src/nets/')).length).toBeGreaterThan(5);
  expect([...seen].filter(url => url.includes('/engine/'))).toEqual([]);
  expect([...seen].filter(url => readFileSync(new URL(url), 'utf8').includes('@tensorflow'))).toEqual([]);
});

describe('a narrow terminal', () => {
  const columns = [
    { title: 'name', rank: 0, text: (row: string) => row },
    { title: 'first to go', rank: 2, text: () => 'xxxx' },
    { title: 'next', rank: 1, text: () => 'yyyy' },
  ];
  test.each([
    [30, ['name', 'first to go', 'next'], []],
    [14, ['name', 'next'], ['first to go']],
    [5, ['name'], ['first to go', 'next']],
  ])('of %i characters', (width, kept, left) => {
    const fitted = fitColumns(['net'], columns, width);
    expect(fitted.columns.map(column => column.title)).toEqual(kept);
    expect(fitted.left).toEqual(left);
    expect(leftOut(left)).toBe(left.length === 0 ? '' : `Not shown for want of room: ${left.join(', ')}.\n`);
  });
});

test('differences stand side by side, or one below the other where there is no room', () => {
  const row = (kernel: string) => ({
    ...{ name: 'conv1', kind: 'conv', kernel, stride: '1', output: [8, 8, 4], followers: 'relu' },
    ...{ parameters: 1, macs: 1, connections: 1, neurons: 1, receptiveField: 'all' as const },
  });
  const pairs = [{ a: row('3×3'), b: row('5×5') }, { b: row('1×1') }];
  expect(formatDiff(pairs, 80)).toMatch(
    /^~ +conv1 +conv 3×3 relu → 8×8×4 +conv 5×5 relu → 8×8×4\n\+ +conv1 +conv 1×1/m,
  );
  const narrow = formatDiff(pairs, 40).trimEnd().split('\n').slice(1);
  expect(narrow.map(line => line.replace(/ +/g, ' '))).toEqual([
    '- conv1 conv 3×3 relu → 8×8×4',
    '+ conv1 conv 5×5 relu → 8×8×4',
    '+ conv1 conv 1×1 relu → 8×8×4',
  ]);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_250, '1.25 k'],
  [60_965_224, '61.0 M'],
  [99_960_000, '100 M'],
  [999_900_000, '1.00 G'],
  [11_282_415_616, '11.3 G'],
])('%d reads %s', (value, text) => {
  expect(formatCompact(value)).toBe(text);
});

test('shares that round to nothing are not zero', () => {
  expect([formatShare(0, 10), formatShare(1, 1e6), formatShare(1, 3)]).toEqual(['', '< 0.1', '33.3']);
});

test('lists are laid side by side along their longest common part', () => {
  const pairs = align([...'abcde'], [...'xbdye'], letter => letter);
  expect(pairs.map(({ a = '·', b = '·' }) => a + b).join(' ')).toBe('a· ·x bb c· dd ·y ee');
});

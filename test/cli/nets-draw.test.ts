import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { netsCommand } from '../../src/cli/nets/command.ts';
import { newFolder } from '../new-folder.ts';
import { heard } from './called.ts';

const folder = newFolder(afterAll);

async function nets(args: string[], options = {}): Promise<string> {
  const { code, text } = await heard(() => netsCommand(args, { set: [], ...options }));
  expect(code).toBe(0);
  return text;
}

describe('draw', () => {
  test('writes an SVG and a page into a folder, and prints their paths', async () => {
    const out = await nets(['draw', 'lenet-5'], { out: folder });
    expect(out).toBe(`${join(folder, 'lenet-5.svg')}\n${join(folder, 'lenet-5.html')}\n`);
    expect(readFileSync(join(folder, 'lenet-5.svg'), 'utf8')).toContain('5×5 conv, 6');
    expect(readFileSync(join(folder, 'lenet-5.html'), 'utf8')).toContain('<h1>lenet-5</h1>');
  });

  test('or one file of the kind that its name says', async () => {
    const path = join(folder, 'figure.svg');
    expect(await nets(['draw', 'plain-18', 'resnet-18'], { out: path })).toBe(`${path}\n`);
    expect(readFileSync(path, 'utf8').match(/class="title"/g)).toHaveLength(2);
    expect(existsSync(join(folder, 'figure.html'))).toBe(false);
  });

  test('one module, with the options of the net', async () => {
    const path = join(folder, 'block.svg');
    await nets(['draw', 'inception-v1', '--module=naive'], { out: path, block: '3a' });
    const svg = readFileSync(path, 'utf8');
    expect(svg).toContain('5×5 conv, 32');
    expect(svg).not.toContain('1×1 conv, 16');
  });

  test('a bad place, no net and an unknown block are one line each', async () => {
    await expect(nets(['draw', 'lenet-5'], { out: 'no/such' })).rejects.toThrow(
      /^--out: expected a file .* got "no\/such"\.$/,
    );
    await expect(nets(['draw', 'lenet-5'], { out: join(folder, 'no/such.svg') })).rejects.toThrow(
      /such\.svg: .*written/,
    );
    await expect(nets(['draw'])).rejects.toThrow(/^nets draw: expected/);
    await expect(nets(['draw', 'inception-v1'], { block: '9z', out: folder })).rejects.toThrow(/Known: .*3a, 3b/);
  });
});

describe('table', () => {
  test('prints a family by stages, with depth, parameters and MACs', async () => {
    const out = await nets(['table', 'vgg']);
    expect(out).toMatch(/^output +vgg-a +vgg-a-lrn +vgg-b +vgg-c +vgg-d +vgg-e$/m);
    expect(out).toMatch(/^parameters +133 M +133 M +133 M +134 M +138 M +144 M$/m);
  });

  test('prints GoogLeNet by modules, and a page of it', async () => {
    const path = join(folder, 'table.html');
    expect(await nets(['table', 'inception-v1'], { out: path })).toMatch(
      /^inception \(3a\) +28×28×256 +2 +64 +96 +128 +16 +32 +32 +164 k +128 M$/m,
    );
    expect(readFileSync(path, 'utf8')).toContain('<th>#3×3 reduce</th>');
  });

  test('takes families and nets; unknown ones are one line', async () => {
    await expect(nets(['table'])).rejects.toThrow(/^nets table: expected a family or nets/);
    await expect(nets(['table', 'resnet-33'])).rejects.toThrow(/^unknown net "resnet-33"\. Did you mean/);
  });
});

test('nothing of it imports the engine', () => {
  const reached = new Set<string>();
  const stack = ['draw', 'table'].map(action => resolve(`src/cli/nets/${action}.ts`));
  for (let file = stack.pop(); file; file = stack.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    stack.push(...importsOf(file));
  }
  expect([...reached].some(file => file.endsWith('src/report/drawing/svg.ts'))).toBe(true);
  expect([...reached].filter(file => file.includes('/src/engine/'))).toEqual([]);
});

/** Modules that it loads, now or later; types are nothing at run time. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^(?:import|export)(?! type)[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm)];
  return found.map(([, top, later]) => resolve(dirname(file), top ?? later ?? ''));
}

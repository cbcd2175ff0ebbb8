/** Data flows one way, and so do imports: who may import whom, held against the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderTable } from '../../scripts/architecture/folders.ts';
import { sourceFiles as files, folderOf, ownImportsOf } from '../../scripts/architecture/imports.ts';
import { architecturePicture, PICTURE } from '../../scripts/architecture/picture.ts';

const SRC = resolve('src');
const table = new Map(folderTable().map(folder => [folder.name, folder]));

describe('imports go one way', () => {
  test.each(files.filter(file => file.includes('/')))('%s', file => {
    const folder = folderOf(file);
    const allowed = table.get(folder)?.mayImport;
    const targets = ownImportsOf(file).map(folderOf);
    expect(targets.filter(target => target !== folder && allowed !== null && !allowed?.includes(target))).toEqual([]);
    expect(targets.filter(target => target !== folder && !existsSync(join(SRC, target)))).toEqual([]);
  });
});

test('the table of docs/architecture.md has every folder of src/, and no other', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect([...table.keys()].sort()).toEqual(folders.map(entry => entry.name).sort());
});

test('the picture is that of the imports as they are: `npm run architecture` draws it', async () => {
  expect(readFileSync(PICTURE, 'utf8')).toBe(await architecturePicture());
});

test('TensorFlow is loaded by one module, at run time', () => {
  const loaders = files.filter(file =>
    /require\('@tensorflow\/tfjs-node'\)|import\('@tensorflow\/tfjs-node'\)/.test(
      readFileSync(join(SRC, file), 'utf8'),
    ),
  );
  expect(loaders).toEqual(['engine/tensorflow.ts']);
  const imports = files.filter(file => /^import (?!type).*'@tensorflow\//m.test(readFileSync(join(SRC, file), 'utf8')));
  expect(imports).toEqual([]);
});

test('commands import nothing heavy at their top', () => {
  const allowed = /^(commander|\.\.\/(arguments|command)\.ts|\.\/_\w+\.ts|\.\.\/\.\.\/core\/\w+\.ts|node:.*)$/;
  for (const file of files.filter(name => name.startsWith('cli/commands/'))) {
    const top = [...readFileSync(join(SRC, file), 'utf8').matchAll(/^import (?!type).*from '([^']+)'/gm)].map(
      match => match[1] as string,
    );
    expect(
      top.filter(name => !allowed.test(name)),
      file,
    ).toEqual([]);
  }
});

/** Data flows one way, and so do imports: who may import whom, held against the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Folder of src/ → folders it may import from, itself apart. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  nets: ['core'],
  data: ['core'],
  engine: ['core'],
  stats: ['core'],
  tracking: ['core'],
  runner: ['core', 'nets', 'data', 'engine'],
  report: ['core', 'stats', 'tracking'],
  gate: ['core', 'stats', 'tracking'],
  track: ['core', 'runner'],
  exchange: ['core', 'tracking'],
  speed: ['core', 'nets', 'data', 'engine', 'runner', 'tracking'],
  api: ['core', 'nets', 'data', 'stats', 'tracking', 'runner', 'report', 'gate'],
  cli: ['api', 'core', 'nets', 'data', 'engine', 'stats', 'tracking', 'runner', 'report', 'gate', 'speed', 'exchange'],
};

const SRC = resolve('src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
const importsOf = (file: string): string[] =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    match => match[1] as string,
  );

const folderOf = (path: string): string => path.split('/')[0] as string;

describe('imports go one way', () => {
  test.each(files.filter(file => file.includes('/')))('%s', file => {
    const folder = folderOf(file);
    const targets = importsOf(file)
      .filter(name => name.startsWith('.'))
      .map(name => folderOf(relative(SRC, join(SRC, dirname(file), name))));
    const forbidden = targets.filter(target => target !== folder && !MAY_IMPORT[folder]?.includes(target));
    expect(forbidden).toEqual([]);
  });
});

test('every folder of src/ has its rule', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect(folders.map(entry => entry.name).filter(name => !(name in MAY_IMPORT))).toEqual([]);
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
  const allowed = /^(commander|\.\.\/(arguments|command)\.ts|\.\.\/\.\.\/core\/\w+\.ts|node:.*)$/;
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

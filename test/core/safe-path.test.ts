import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { runDir } from '../../src/core/places.ts';
import { insideFolder, nameProblem, pathProblem, safeName } from '../../src/core/safe-path.ts';
import { newFolder } from '../new-folder.ts';

const refusalOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message;
  }
  return 'nothing was refused';
};

test.each([
  ...['..', '.', '', '/etc/passwd', '../x', 'a/../../x', 'a/..', 'a//b', '/', 'a/', './a', '.git/hooks'],
  ...['a\0b', 'a\nb', 'a\u202eb', 'a\u200bb', 'a\x1b[31mb', 'C:\\x', 'c:x', '\\\\host\\x', 'a\\..\\b', '\ud800'],
  ...['nul', 'CON', 'aux.txt', 'a/COM1', 'lpt9.log', 'a.', 'a ', ' a', 'a/ b', 'a*', 'a?', '<script>', 'x'.repeat(129)],
  'a/'.repeat(600),
])('refused as a path: %j', path => {
  expect(pathProblem(path)).not.toBeNull();
  expect(refusalOf(() => insideFolder('/tmp', path))).toMatch(/^path ".*" is refused: [^\n]+\.$/);
});

test.each([
  'plot.svg',
  'plots/loss (best).png',
  'weights-3_final.bin',
  'größe/тест/損失.csv',
  'a b',
  'null',
  'console',
])('taken as a path: %s', path => expect(insideFolder('/tmp', path)).toBe(`/tmp/${path}`));

test('whatever the text, a path that is taken lies in its folder', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('..', '.', '', 'a', '/', '\\', '\0'));
  const path = fc.array(part, { maxLength: 6 }).map(parts => parts.join('/'));
  fc.assert(
    fc.property(path, text => {
      if (pathProblem(text) !== null) return;
      expect(relative('/base', resolve('/base', text))).toBe(text);
      expect(text.split('/').every(name => nameProblem(name) === null)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('a link that leads out of the folder is refused, one that stays inside is not', () => {
  const folder = newFolder();
  const outside = newFolder();
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(outside, 'secret'), '');
  symlinkSync(outside, join(folder, 'out'));
  symlinkSync(join(outside, 'not there'), join(folder, 'dangling'));
  symlinkSync(join(folder, 'real'), join(folder, 'in'));
  for (const path of ['out/secret', 'out/new', 'out', 'dangling', 'dangling/x']) {
    expect(refusalOf(() => insideFolder(folder, path))).toMatch(/leads out of its folder/);
  }
  expect(insideFolder(folder, 'in/new')).toBe(join(folder, 'in/new'));
  expect(insideFolder(folder, 'real/a/b/c')).toBe(join(folder, 'real/a/b/c'));
});

test('an id from a journal cannot make a folder elsewhere', () => {
  expect(refusalOf(() => runDir('../../etc'))).toMatch(/^run "\.\.\/\.\.\/etc" is refused/);
  expect(runDir('abc123', '/p/.bench')).toBe('/p/.bench/runs/abc123');
  expect(safeName('run', 'abc123')).toBe('abc123');
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ArchiveGuard } from '../../src/core/archive-limits.ts';
import { UserError } from '../../src/core/errors.ts';
import { runDir } from '../../src/core/places.ts';
import { insideFolder, nameProblem, pathProblem, safeName } from '../../src/core/safe-path.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'safe-path-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

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

test('an archive: names, kinds, number, sizes and ratio are bounded', () => {
  const limits = { entries: 3, bytes: 5e6, entryBytes: 4e6, ratio: 100 };
  const guard = (packed = 1e6) => new ArchiveGuard('x.zip', packed, limits);
  const file = (path: string) => ({ path, kind: 'file' }) as const;
  expect(refusalOf(() => guard().enter(file('../x')))).toMatch(
    /^archive x\.zip: its entry "\.\.\/x" is refused.*imported\.$/,
  );
  expect(refusalOf(() => guard().enter({ path: 'x', kind: 'other' }))).toMatch(/link or a device/);
  const many = guard();
  for (const name of ['a', 'b', 'c']) many.enter(file(name));
  expect(refusalOf(() => many.enter(file('d')))).toMatch(/more than 3 entries/);
  const large = guard();
  large.enter(file('a'));
  expect(refusalOf(() => large.take(4e6 + 1))).toMatch(/"a" unpacks to more than 4000000 bytes/);
  const whole = guard();
  for (const name of ['a', 'b']) {
    whole.enter(file(name));
    whole.take(2.5e6);
  }
  expect(refusalOf(() => whole.take(1))).toMatch(/unpacks to more than 5000000 bytes/);
  const bomb = guard(20_000);
  bomb.enter({ path: 'folder/', kind: 'folder' });
  bomb.enter(file('zeros'));
  bomb.take(1e6);
  expect(refusalOf(() => bomb.take(1e6 + 1))).toMatch(/more than 100 times its 20000 bytes/);
});

/** A small repository whose compiler is a stand-in that copies the source. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { EXIT, UserError } from '../../src/core/errors.ts';
import { findCommit, withCommit } from '../../src/runner/worktree.ts';
import { Repository } from '../git-repository.ts';

const COMPILER = `
const { mkdirSync, writeFileSync, readFileSync } = require('node:fs');
const source = readFileSync('src/a.ts', 'utf8');
if (source.includes('wrong')) { console.error('error TS1: it is wrong'); process.exit(2); }
mkdirSync('dist', { recursive: true });
writeFileSync('dist/a.js', source);
`;

function newRepository(): Repository {
  const repository = new Repository({
    'package-lock.json': '{"lockfileVersion": 3}\n',
    'src/a.ts': 'first',
    '.gitignore': 'node_modules\ndist\n',
  });
  mkdirSync(join(repository.folder, 'node_modules/typescript/bin'), { recursive: true });
  writeFileSync(join(repository.folder, 'node_modules/typescript/bin/tsc'), COMPILER);
  vi.stubEnv('BENCH_CACHE_DIR', join(repository.folder, 'node_modules/cache'));
  return repository;
}

const options = { packages: 'either', say: () => {}, stop: new AbortController().signal } as const;
const worktrees = (repository: Repository) => repository.git('worktree', 'list').trim().split('\n').length;

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).exitCode).toBe(EXIT.noData);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

beforeEach(() => void vi.unstubAllEnvs());

test('a commit is compiled beside the checkout, which stays as it is, and removed', async () => {
  const repository = newRepository();
  const first = repository.git('rev-parse', 'HEAD').trim();
  repository.write({ 'src/a.ts': 'second' });
  repository.commit();
  repository.write({ 'src/a.ts': 'not committed' });
  const commit = findCommit(repository.folder, 'HEAD~1');
  expect(commit).toBe(first);
  const [folder, text] = await withCommit(repository.folder, commit, options, async folder => [
    folder,
    readFileSync(join(folder, 'dist/a.js'), 'utf8'),
  ]);
  expect(text).toBe('first');
  expect(existsSync(folder as string)).toBe(false);
  expect(existsSync(join(repository.folder, 'node_modules/typescript/bin/tsc'))).toBe(true);
  expect(readFileSync(join(repository.folder, 'src/a.ts'), 'utf8')).toBe('not committed');
  expect(worktrees(repository)).toBe(1);
});

test('who asks for the same commit waits; other commits stand beside it', async () => {
  const repository = newRepository();
  const first = findCommit(repository.folder, 'HEAD');
  repository.write({ 'src/a.ts': 'second' });
  const second = repository.commit();
  let atOnce = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++atOnce);
    await new Promise(resolve => setTimeout(resolve, 20));
    atOnce--;
  };
  await Promise.all([first, first].map(commit => withCommit(repository.folder, commit, options, work)));
  expect(most).toBe(1);
  await withCommit(repository.folder, first, options, () => withCommit(repository.folder, second, options, work));
  expect(worktrees(repository)).toBe(1);
});

test('whatever goes wrong, nothing is left', async () => {
  const repository = newRepository();
  repository.write({ 'src/a.ts': 'wrong' });
  const commit = repository.commit();
  await expect(withCommit(repository.folder, commit, options, async () => {})).rejects.toThrow(
    /^compiling failed in .*: error TS1: it is wrong\.$/,
  );
  const good = findCommit(repository.folder, 'HEAD~1');
  const failing = withCommit(repository.folder, good, options, () => Promise.reject(new Error('mine')));
  await expect(failing).rejects.toThrow('mine');
  expect(worktrees(repository)).toBe(1);
});

test('each refusal is one line', () => {
  const repository = newRepository();
  repository.commit();
  expect(refusal(() => findCommit(repository.folder, 'nosuch'))).toMatch(/^"nosuch" is no commit in .*git fetch --all/);
  expect(refusal(() => findCommit(repository.folder, '--help'))).toMatch(/^"--help" is no commit in /);
  expect(refusal(() => findCommit(join(repository.folder, 'src'), 'HEAD'))).toMatch(/within another checkout/);
  const shallow = join(repository.folder, 'node_modules/shallow');
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${repository.folder}`, shallow]);
  expect(refusal(() => findCommit(shallow, 'HEAD~1'))).toMatch(/this clone is shallow.*git fetch --unshallow/);
  vi.stubEnv('PATH', '/nowhere');
  expect(refusal(() => findCommit(repository.folder, 'HEAD'))).toMatch(/git was not found/);
});

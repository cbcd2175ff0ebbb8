import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { packageRoot } from '../../src/core/places.ts';
import { buildProject } from '../../src/runner/project-build.ts';
import { withWorktree } from '../../src/runner/worktree.ts';
import { Repository } from '../git-repository.ts';

const progress = { say: () => {}, stop: new AbortController().signal };
const RUNNING = join(packageRoot, 'dist/src/cli/main.js');

/** A user's project with installed packages, whose cache is its own. */
function newProject(files: Record<string, string>): Repository {
  const project = new Repository({ '.gitignore': 'node_modules\n', 'nets/a.ts': 'first', ...files });
  mkdirSync(join(project.folder, 'node_modules/other'), { recursive: true });
  vi.stubEnv('BENCH_CACHE_DIR', join(project.folder, 'node_modules/cache'));
  return project;
}

const build = <T>(
  { folder: root }: Repository,
  commit: string,
  seen: (folder: string, main: string) => T,
): Promise<T> =>
  withWorktree(root, commit, progress, async folder => seen(folder, await buildProject(root, folder, progress)));

test.each([{}, { 'package-lock.json': '{}' }])('equal packages are linked, and what runs now runs: %j', async files => {
  const project = newProject(files);
  const commit = project.git('rev-parse', 'HEAD').trim();
  project.write({ 'nets/a.ts': 'second' });
  project.commit();
  const found = await build(project, commit, (folder, main) => [realpathSync(join(folder, 'node_modules')), main]);
  expect(found).toEqual([join(project.folder, 'node_modules'), RUNNING]);
});

test('without packages none are wanted', async () => {
  const project = new Repository({ 'nets/a.ts': 'first' });
  vi.stubEnv('BENCH_CACHE_DIR', join(project.folder, 'cache'));
  const commit = project.git('rev-parse', 'HEAD').trim();
  expect(await build(project, commit, (folder, main) => [existsSync(join(folder, 'node_modules')), main])).toEqual([
    false,
    RUNNING,
  ]);
});

test('another lockfile brings its own packages, and its own bench', async () => {
  const bench = {
    'own/package.json': JSON.stringify({ name: 'convbench', version: '1.0.0' }),
    'own/dist/src/cli/main.js': "require('node:fs').writeFileSync('asked', process.argv.slice(2).join(' '));\n",
  };
  const lock = {
    name: 'mine',
    lockfileVersion: 3,
    packages: {
      '': { name: 'mine', dependencies: { convbench: 'file:own' } },
      'node_modules/convbench': { resolved: 'own', link: true },
      own: { name: 'convbench', version: '1.0.0' },
    },
  };
  const manifest = JSON.stringify({ name: 'mine', dependencies: { convbench: 'file:own' } });
  const project = newProject({ ...bench, 'package.json': manifest, 'package-lock.json': JSON.stringify(lock) });
  const commit = project.git('rev-parse', 'HEAD').trim();
  writeFileSync(join(project.folder, 'package-lock.json'), '{}');
  const own = await build(project, commit, (folder, main) => [
    main === join(folder, 'node_modules/convbench/dist/src/cli/main.js'),
    existsSync(join(folder, 'asked')),
  ]);
  expect(own).toEqual([true, true]);
});

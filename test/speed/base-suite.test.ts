/** The compiled benchmarks on made-up code of another commit. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type * as BaseSuiteModule from '../../src/speed/base-suite.ts';
import type * as RoundsModule from '../../src/speed/rounds.ts';
import { newFolder } from '../new-folder.ts';

const compiled = <T>(name: string): Promise<T> => import(pathToFileURL(resolve('dist/src/speed', name)).href);
const { baseSuite } = await compiled<typeof BaseSuiteModule>('base-suite.js');
const { roundMeasurer } = await compiled<typeof RoundsModule>('rounds.js');
const { signal } = new AbortController();

/** Enough for the suite `start`: where the package is, and a command line. */
const PLACES = "export const packageRoot = new URL('../../..', import.meta.url).pathname;";
const FOLDER = 'export const loadFolder = () => []; export const pick = () => {};';
const OWN_SUITE = "export default { name: 'start', about: '', benchmarks: { own: () => () => 1 } };";

function madeUpBase(files: Record<string, string>): string {
  const folder = newFolder();
  for (const [name, text] of Object.entries({ 'package.json': '{"type": "module"}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const CORE = { 'dist/src/core/folder.js': FOLDER, 'dist/src/core/registry.js': FOLDER };

test('our benchmarks measure the code there', async () => {
  const main = "if (process.argv[2] === '--help') process.exit(3);";
  const folder = madeUpBase({ ...CORE, 'dist/src/core/places.js': PLACES, 'dist/src/cli/main.js': '' });
  const found = await baseSuite(folder, 'start', signal);
  expect(found).toMatchObject({ benchmarksOf: 'head' });
  const { url } = found as BaseSuiteModule.BaseSuite;
  writeFileSync(join(folder, 'dist/src/cli/main.js'), main);
  const measure = roundMeasurer({ urls: { base: url, head: url }, seed: 1, stop: signal });
  const { base, head } = await measure(['version', 'help']);
  for (const side of [base, head]) {
    expect(Object.keys(side.medianMs)).toEqual(['version']);
    expect(side.failures.help).toMatch(/^Command failed/);
  }
});

test('where ours do not fit, its own are taken; where it has none, it says why', async () => {
  const old = { ...CORE, 'dist/src/core/places.js': 'export const somethingElse = 1;' };
  const withOwn = madeUpBase({ ...old, 'dist/src/speed/suites/start.js': OWN_SUITE });
  expect(await baseSuite(withOwn, 'start', signal)).toEqual({
    url: pathToFileURL(join(withOwn, 'dist/src/speed/suites/start.js')).href,
    benchmarksOf: 'base',
  });
  const { why } = (await baseSuite(madeUpBase(old), 'start', signal)) as { why: string };
  expect(why).toMatch(/^suite start cannot measure the base, which has no such suite itself: .*packageRoot/);
});

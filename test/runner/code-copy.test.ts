/** A small repository whose npm and compiler are stand-ins: npm writes the compiler, which copies the source. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkoutProvenance } from '../../src/runner/checkout.ts';
import { copyCode, idleCopies } from '../../src/runner/code-copy.ts';
import { planArrays } from '../../src/runner/slurm/planned-arrays.ts';
import { parseSettings } from '../../src/runner/slurm/settings.ts';
import { Repository } from '../git-repository.ts';

const NODE = process.execPath;
const COMPILER = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
mkdirSync('dist/src/cli', { recursive: true });
writeFileSync('dist/src/a.js', readFileSync('src/a.ts', 'utf8'));
writeFileSync('dist/src/cli/main.js', "require('node:fs').writeFileSync('dist/main-was-called-with', process.argv.slice(2).join(' '))");
`;
const NPM = `#!${process.execPath}
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync(process.env.NPM_CALLS, process.argv.slice(2).join(' ') + '\\n');
mkdirSync('node_modules/typescript/bin', { recursive: true });
writeFileSync('node_modules/typescript/bin/tsc', ${JSON.stringify(COMPILER)});
`;

let repository: Repository;
let benchDir: string;
let said: string[];
beforeEach(() => {
  vi.unstubAllEnvs();
  repository = new Repository({
    'package.json': '{}\n',
    'package-lock.json': '{"lockfileVersion": 3}\n',
    'src/a.ts': 'first',
    '.gitignore': 'ignored\nnode_modules\ndist\n',
    'ignored/npm': NPM,
    'ignored/tsc.cjs': COMPILER,
  });
  chmodSync(join(repository.folder, 'ignored/npm'), 0o755);
  benchDir = join(repository.folder, 'ignored/bench');
  said = [];
  useStandIn();
  vi.stubEnv('NPM_CALLS', join(repository.folder, 'ignored/calls'));
  vi.stubEnv('BENCH_CACHE_DIR', join(repository.folder, 'ignored/cache'));
  compileHere();
});

/** The npm beside the Node that runs is taken. */
function useStandIn(): void {
  const node = join(repository.folder, 'ignored/node');
  symlinkSync(NODE, node);
  process.execPath = node;
}
afterEach(() => {
  process.execPath = NODE;
});

function compileHere(): void {
  execFileSync(process.execPath, ['ignored/tsc.cjs'], { cwd: repository.folder });
}

/** As a submission does it. */
function copy(): Promise<string> {
  const stop = new AbortController().signal;
  const options = { say: (line: string) => said.push(line), stop };
  return copyCode(repository.folder, benchDir, checkoutProvenance(repository.folder), options);
}

const codeIn = (folder: string): string => readFileSync(join(folder, 'dist/src/a.js'), 'utf8');
const npmCalls = (): string[] => readFileSync(join(repository.folder, 'ignored/calls'), 'utf8').trim().split('\n');

test('the copy is commit and changes, and stays what it is while the checkout changes', async () => {
  repository.write({ 'src/a.ts': 'not committed' });
  compileHere();
  const folder = await copy();
  repository.write({ 'src/a.ts': 'changed meanwhile' });
  compileHere();
  expect(codeIn(folder)).toBe('not committed');
  expect(readFileSync(join(folder, 'dist/main-was-called-with'), 'utf8')).toBe('doctor --only-fix');
  const other = await copy();
  expect(other).not.toBe(folder);
  expect(codeIn(other)).toBe('changed meanwhile');
  expect(codeIn(folder)).toBe('not committed');
});

test('two that want the same code make one copy; one lockfile is installed once', async () => {
  const [first, second] = await Promise.all([copy(), copy()]);
  expect(second).toBe(first);
  expect(said.filter(line => line.startsWith('Copying'))).toHaveLength(1);
  repository.write({ 'src/a.ts': 'second' });
  compileHere();
  await copy();
  expect(npmCalls()).toEqual(['ci --include=dev --no-audit --no-fund']);
  repository.write({ 'package-lock.json': '{"lockfileVersion": 3, "packages": {}}\n' });
  await copy();
  expect(npmCalls()).toHaveLength(2);
});

test('a copy that was not finished is made anew', async () => {
  vi.stubEnv('NPM_CALLS', '/nowhere/calls');
  await expect(copy()).rejects.toThrow(/^installing packages failed in /);
  vi.stubEnv('NPM_CALLS', join(repository.folder, 'ignored/calls'));
  expect(codeIn(await copy())).toBe('first');
});

test('what is compiled here and what would run there must be the same', async () => {
  repository.write({ 'src/a.ts': 'not compiled yet' });
  await expect(copy()).rejects.toThrow(
    /dist\/src\/a\.js is not compiled from this checkout as it is now: compile it\./,
  );
  await expect(copy()).rejects.toThrow(/slurm\(\{ code: 'in-place' \}\)\.$/);
});

test('a copy that nobody has taken for an hour is idle', async () => {
  const folder = await copy();
  const hourMs = 3600_000;
  expect(idleCopies(benchDir)).toEqual([]);
  expect(idleCopies(benchDir, Date.now() + hourMs + 1000)).toEqual([folder]);
  const before = new Date(Date.now() - 2 * hourMs);
  utimesSync(join(folder, '.whole'), before, before);
  expect(idleCopies(benchDir)).toEqual([folder]);
  await copy();
  expect(idleCopies(benchDir)).toEqual([]);
});

test('the tasks of an array run the copy', async () => {
  const code = await copy();
  const settings = parseSettings({ kind: 'slurm' }, 'test');
  const [array] = planArrays([{ threads: 1 }], { benchDir, experiment: 'x', settings, maxTasks: 10, code });
  const [, program] = /^exec \S+ (\S+) /m.exec(array?.script ?? '') ?? [];
  expect(program).toBe(join(code, 'src/runner/slurm/task.js'));
  expect(readdirSync(code)).toContain('dist');
  expect(existsSync(join(repository.folder, 'dist/src/a.js'))).toBe(true);
});

/** The packed package in an empty folder, with our dependencies linked beside it: `npm run test:package` installs it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newFolder } from '../new-folder.ts';
import { pack, tenLines, writeProject } from './packed.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 }); // npm and trainings, on machines that may be busy

/** As `tsc --init` has it, without the types of Node: who only defines things needs none. */
const STRICT = {
  compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: [], skipLibCheck: true },
  include: ['nets', 'experiments'],
};

const folder = newFolder(afterAll);
const installed = join(folder, 'node_modules/convbench');

beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', pack(folder), '--strip-components=1', '-C', installed]);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: object;
  };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
});

function bench(...args: string[]): string {
  const { BENCH_DIR: _, ...env } = process.env;
  const main = join(installed, 'dist/src/cli/main.js');
  return execFileSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe', env });
}

test('it holds no tests, no benchmarks and no build information', () => {
  expect(
    ['dist/test', 'dist/bench', 'dist/.tsbuildinfo', 'test'].filter(name => existsSync(join(installed, name))),
  ).toEqual([]);
});

test('bench init makes a project whose net, images and experiment are found', () => {
  expect(bench('init')).toContain('Next: npx bench run kernel');
  expect(bench('run', 'kernel', '--dry-run')).toContain('10 cells: 2 arms × 5 seeds.');
});

test('a net, images and an experiment of one’s own in ten lines, which a strict compiler takes', () => {
  const files = tenLines();
  expect(Object.keys(files)).toEqual(['nets/dot.ts', 'experiments/dots.ts']);
  expect(Object.values(files).join('').trim().split('\n')).toHaveLength(10);
  writeProject(folder, { ...files, 'package.json': '{ "type": "module" }', 'tsconfig.json': JSON.stringify(STRICT) });
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { stdio: 'pipe' });
  expect(bench('run', 'dots', '--tier', 'smoke')).toContain('kernels of 3×3 reach a lower training loss than 1×1');
  expect(JSON.parse(bench('list', 'dots', '--json'))).toHaveLength(2);
});

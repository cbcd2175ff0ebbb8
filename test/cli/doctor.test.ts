import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Part } from '../../src/cli/set-up/doctor-parts.ts';
import { newFolder } from '../new-folder.ts';

const folder = newFolder(afterAll);
const bareCheckout = join(folder, 'checkout');
const WITH_ADDONS = ['@tensorflow/tfjs-node', 'better-sqlite3'];

beforeAll(() => {
  for (const name of ['dist', 'package.json']) cpSync(name, join(bareCheckout, name), { recursive: true });
  for (const name of packagesOf('node_modules')) {
    const [from, to] = [resolve('node_modules', name), join(bareCheckout, 'node_modules', name)];
    mkdirSync(dirname(to), { recursive: true });
    if (WITH_ADDONS.includes(name))
      cpSync(from, to, { recursive: true, filter: path => !/(tfjs-node\/lib|sqlite3\/build)$/.test(path) });
    else symlinkSync(from, to);
  }
});

test('a ready checkout: one part a line, exit code 0', () => {
  const { status, stdout } = doctor('.');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^[✓!] Node +v\d+\.\d+\.\d+\n✓ TensorFlow +2\.\d+\.\d+, built for \w+ \w+\n/);
  expect(stdout).not.toContain('✗');
});

test('--json gives the same parts, and what TensorFlow computes with', () => {
  const { stdout, parts } = doctorJson('.');
  expect([...new Set(parts.map(part => part.name))]).toEqual(
    'Node TensorFlow kernels precision SQLite data disk threads GPU Slurm'.split(' '),
  );
  expect(parts.every(part => part.detail !== '' && /^(good|notice|missing)$/.test(part.state))).toBe(true);
  expect(find(parts, 'SQLite').detail).toMatch(/^3\.\d+\.\d+$/);
  expect(stdout.trimStart()).toMatch(/^\[/);
});

test('an empty cache: the datasets are a notice, with where they are missed', () => {
  const { parts } = doctorJson('.', { BENCH_CACHE_DIR: join(folder, 'empty') });
  const needsNoFiles = (part: { detail: string }): boolean => part.detail.startsWith('xor:');
  const data = parts.filter(part => part.name === 'data');
  expect(data.map(part => part.state)).toEqual(data.map(part => (needsNoFiles(part) ? 'good' : 'notice')));
  expect(data[0]?.detail).toContain(join(folder, 'empty'));
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')('whose kernels convolve is observed', () => {
  const on = doctorJson('.', { TF_ENABLE_ONEDNN_OPTS: '1' }).parts;
  expect(find(on, 'kernels')).toMatchObject({
    state: 'good',
    detail: expect.stringMatching(/^convolutions by oneDNN/),
  });
  const off = doctorJson('.', { TF_ENABLE_ONEDNN_OPTS: '0' }).parts;
  expect(find(off, 'kernels')).toMatchObject({ state: 'notice', detail: expect.stringMatching(/by Eigen.*OPTS=1/) });
});

test('without the addons: exit code 4, and each says what to do', () => {
  const { status, parts } = doctorJson(bareCheckout);
  expect(status).toBe(4);
  const missing = parts.filter(part => part.state === 'missing');
  expect(missing.map(part => part.name)).toEqual(['TensorFlow', 'SQLite']);
  for (const { detail } of missing) expect(detail).toMatch(/^[^\n]*Run "npx bench doctor --fix"\.$/);
});

function doctor(checkout: string, env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  const main = join(checkout, 'dist/src/cli/main.js');
  const options = { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', ...env } } as const;
  return spawnSync(process.execPath, [main, 'doctor', ...args], options);
}

function doctorJson(checkout: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout } = doctor(checkout, env, '--json');
  return { status, stdout, parts: JSON.parse(stdout) as Part[] };
}

function find(parts: Part[], name: string): Part {
  return parts.find(part => part.name === name) as Part;
}

function packagesOf(modules: string): string[] {
  return readdirSync(modules)
    .filter(name => !name.startsWith('.'))
    .flatMap(name => (name.startsWith('@') ? readdirSync(join(modules, name)).map(one => `${name}/${one}`) : [name]));
}

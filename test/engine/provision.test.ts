import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { requireSpace } from '../../src/engine/provision/cache-folder.ts';
import { smallDisk } from '../tracking/processes/small-disk.ts';
import { LIBRARIES, linesOf, Trial } from './made-up-wheel.ts';

const trials: Trial[] = [];

function prepare(...options: ConstructorParameters<typeof Trial>): Trial {
  const trial = new Trial(...options);
  trials.push(trial);
  return trial;
}

afterEach(() => {
  for (const trial of trials.splice(0)) trial.remove();
});

const entriesOf = (trial: Trial): string[] => readdirSync(join(trial.cache, 'tensorflow'));

test('the libraries and the headers are unpacked, nothing else, and the wheel is removed', async () => {
  const trial = prepare();
  expect(await trial.provide()).toEqual([
    'TensorFlow 1.0: downloading made-up (0 MB)',
    'TensorFlow 1.0: unpacking',
    'done',
  ]);
  expect(readFileSync(join(trial.library, LIBRARIES[0] as string), 'utf8')).toBe('library ');
  expect(readFileSync(join(trial.library, 'include/tensorflow/c/c_api.h'), 'utf8')).toBe('// a header');
  expect(readdirSync(trial.library).sort()).toEqual(['include', ...LIBRARIES]);
  expect(entriesOf(trial)).toHaveLength(1);
});

test('what is there is left alone', async () => {
  const trial = prepare();
  await trial.provide();
  const before = statSync(trial.library).ino;
  expect(await trial.provide({ env: { PATH: '' } })).toEqual(['done']);
  expect(statSync(trial.library).ino).toBe(before);
});

test.each([
  ['truncated', (bytes: Buffer) => bytes.subarray(0, -20)],
  ['altered', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 40), Buffer.from('x'), bytes.subarray(41)])],
])('a wheel that is %s is deleted and named', async (_, change) => {
  const trial = prepare();
  trial.changeWheel(change);
  const last = (await trial.provide()).at(-1);
  // pip itself refuses a file that is no zip any more; all else is for our checksum.
  expect(last).toMatch(
    /^UserError: .*truncated or altered: expected made-up of \d+\.\d MB with SHA-256|^Unavailable: .*pip could not/,
  );
  expect(entriesOf(trial)).toEqual([]);
});

test('a wheel with a valid zip and another content is refused by its checksum', async () => {
  const trial = prepare();
  const other = prepare({ megabytes: 1 });
  trial.changeWheel(() => readFileSync(other.wheelFile));
  expect((await trial.provide()).at(-1)).toMatch(
    /^UserError: TensorFlow: the downloaded wheel is truncated or altered: expected made-up of 0\.\d MB with SHA-256 \w{12}…, got 0\.\d MB with \w{12}…\. It was deleted/,
  );
  expect(entriesOf(trial)).toEqual([]);
});

test('a wheel without one of the libraries leaves nothing', async () => {
  const trial = prepare({ libraries: LIBRARIES.slice(1) });
  expect((await trial.provide()).at(-1)).toContain(
    'expected tensorflow/libtensorflow_cc.so.2 in the wheel, found none',
  );
  expect(entriesOf(trial)).toEqual([]);
});

test('of a build for a GPU each wheel keeps its folder, and only what is loaded or run is unpacked', async () => {
  const trial = prepare({ gpu: true });
  expect(await trial.provide()).toEqual([
    'TensorFlow 1.0: its authors never tried this build on a machine like this',
    'TensorFlow 1.0: downloading made-up (0 MB)',
    'TensorFlow 1.0: unpacking',
    'CUDA 1.0: downloading made-up-cuda (0 MB)',
    'CUDA 1.0: unpacking',
    'done',
  ]);
  expect(entriesOf(trial)).toHaveLength(1);
  const folder = join(trial.cache, 'tensorflow', entriesOf(trial)[0] as string);
  expect(folder).not.toBe(trial.library);
  expect(readdirSync(folder).sort()).toEqual(['nvidia', 'tensorflow']);
  expect(readdirSync(join(folder, 'tensorflow')).sort()).toEqual(['include', ...LIBRARIES]);
  const files = readdirSync(join(folder, 'nvidia'), { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(folder, 'nvidia', name)).isFile(),
  );
  expect(files.sort()).toEqual(['cublas/lib/libcublas.so.12', 'cublas/lib/libcublasLt.so.12', 'cuda_nvcc/bin/ptxas']);
  expect(statSync(join(folder, 'nvidia/cuda_nvcc/bin/ptxas')).mode & 0o777).toBe(0o755);
});

test('a build for a GPU is whole or not there: a second wheel that is altered leaves nothing of the first', async () => {
  const trial = prepare({ gpu: true });
  writeFileSync(trial.companionFile, readFileSync(prepare({ gpu: true, megabytes: 1 }).wheelFile));
  expect((await trial.provide()).at(-1)).toMatch(/^UserError: .*expected made-up-cuda of|^Unavailable: .*made-up-cuda/);
  expect(entriesOf(trial)).toEqual([]);
});

test('killed while it unpacks: nothing looks whole, and the next one succeeds', async () => {
  const trial = prepare({ megabytes: 300 });
  const child = trial.start();
  const half = await appearance(join(trial.cache, 'tensorflow'), /^new-.*\/unpacked\/libtensorflow_cc/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(statSync(half).size).toBeLessThan(300_000_008);
  expect(existsSync(trial.library)).toBe(false);
  expect((await trial.provide()).at(-1)).toBe('done');
  expect(statSync(join(trial.library, LIBRARIES[0] as string)).size).toBe(300_000_008);
  expect(entriesOf(trial)).toHaveLength(1);
});

test('of two at once one works and the other waits', async () => {
  const trial = prepare({ megabytes: 100 });
  const lines = await Promise.all([trial.start(), trial.start()].map(linesOf));
  expect(lines.map(one => one.at(-1))).toEqual(['done', 'done']);
  expect(lines.flat().filter(line => line.endsWith('unpacking'))).toHaveLength(1);
});

test('without a wheel to be had, pip is quoted, and another way may serve', async () => {
  const trial = prepare();
  expect((await trial.provide({ env: { PIP_FIND_LINKS: trial.cache } })).at(-1)).toMatch(
    /^Unavailable: TensorFlow: pip could not download made-up==1\.0: ERROR: No matching distribution/,
  );
  expect((await trial.provide({ env: { PATH: '/nowhere' } })).at(-1)).toMatch(
    /^Unavailable: TensorFlow: pip could not download .*: python3 was not found\.$/,
  );
});

test('a disk that fills up while unpacking: one line, nothing left', async () => {
  const trial = prepare({ megabytes: 20 });
  const env = smallDisk('libtensorflow_cc.so.2', 5_000_000);
  expect((await trial.provide({ env })).at(-1)).toMatch(/^UserError: .*tensorflow: TensorFlow cannot be put there/);
  expect(entriesOf(trial)).toEqual([]);
});

test('too little free disk is found before anything is written', () => {
  const trial = prepare();
  expect(() => requireSpace(trial.folder, 'TensorFlow', 1e18)).toThrow(
    /expected 1000000000\.0 GB of free disk for TensorFlow, got \d+\.\d GB\. Make room, or .* BENCH_CACHE_DIR/,
  );
});

test('a cache that is a file: one line', async () => {
  const trial = prepare();
  writeFileSync(trial.cache, '');
  expect(await trial.provide()).toEqual([expect.stringMatching(/^UserError: .*TensorFlow cannot be put there \(E/)]);
});

test.runIf(process.getuid?.() === 0)('a cache without the right to write: one line', async () => {
  const trial = prepare();
  mkdirSync(trial.cache);
  for (const folder of [trial.folder, trial.cache]) chmodSync(folder, 0o555);
  expect(await trial.provide({ uid: 65534 })).toEqual([
    expect.stringMatching(/^UserError: .*TensorFlow cannot be put there \(EACCES.*BENCH_CACHE_DIR\.$/),
  ]);
  expect(readdirSync(trial.cache)).toEqual([]);
});

/** Waits for a file below `folder` and gives its path. */
async function appearance(folder: string, name: RegExp): Promise<string> {
  for (;;) {
    const found = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(one => name.test(one))
      : undefined;
    if (found) return join(folder, found);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

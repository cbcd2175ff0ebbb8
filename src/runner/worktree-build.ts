/** Makes a checkout ready to run: its packages by its lockfile, then its compiler. */
import { copyFileSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { EXIT, refusal, UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { hashOf } from '../core/ids.ts';
import { cacheDir } from '../core/places.ts';
import { lastError } from '../engine/provision/last-error.ts';
import { lockfileHash } from './checkout.ts';

export interface Progress {
  say(line: string): void;
  stop: AbortSignal;
}

export interface BuildOptions extends Progress {
  /**
   * *install*: by npm, from the registry. *link*: those of `root`, which must have the same lockfile. *either*: link
   * where that may be. *share*: by npm, once for all who have the same lockfile.
   */
  packages: 'install' | 'link' | 'either' | 'share';
  /** Where TensorFlow will lie when the code runs; the user's cache if it is left out. */
  runCache?: string | undefined;
}

type StepOptions = Progress & Pick<BuildOptions, 'runCache'>;

/** The command line of a compiled checkout, relative to it. */
export const MAIN = 'dist/src/cli/main.js';
const COMPILER = 'node_modules/typescript/bin/tsc';
/** Of npm, the compiler and our own set-up: the line that says why. */
const REASON = /\berror TS\d|in sync|^(?:Missing|Invalid): |E[A-Z]{4,}|E40\d|not found|refused|could not/;

/** `root`: a checkout of the same repository whose packages are installed. Throws one line. */
export async function buildWorktree(root: string, folder: string, options: BuildOptions): Promise<void> {
  const same = lockfileHash(folder) !== null && lockfileHash(folder) === lockfileHash(root);
  const packages = options.packages === 'either' ? (same ? 'link' : 'install') : options.packages;
  if (packages === 'link' && !same)
    throw refusal(
      'the packages installed here are those of another lockfile: let npm install the right ones (without --no-install).',
    );
  if (packages === 'install') await installPackages(folder, options);
  else linkPackages(packages === 'link' ? root : await sharedPackages(folder, options), folder);
  // What it does is asked, not whether its types fit: that would take as long again.
  await runCompiler(folder, ['-b', '--noCheck'], options);
  if (packages !== 'link') await provide(folder, MAIN, options);
}

/** What is compiled already is not compiled again. */
export const compile = (folder: string, options: StepOptions): Promise<void> => runCompiler(folder, ['-b'], options);

function runCompiler(folder: string, args: readonly string[], options: StepOptions): Promise<void> {
  return runStep('compiling', process.execPath, [COMPILER, ...args], folder, options);
}

export const linkPackages = (from: string, folder: string): void =>
  symlinkSync(join(from, 'node_modules'), join(folder, 'node_modules'), 'dir');

export function installPackages(folder: string, options: StepOptions): Promise<void> {
  return runStep('installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], folder, options);
}

const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];

/** Addons in it are for one Node and hold the place of TensorFlow: a folder for each. */
async function sharedPackages(folder: string, options: BuildOptions): Promise<string> {
  const { platform, arch, versions } = process;
  const key = hashOf([lockfileHash(folder), platform, arch, versions.modules, options.runCache ?? cacheDir()]);
  const shared = join(cacheDir(), 'packages', key.slice(0, 16));
  // npm empties node_modules before it installs: one that is killed leaves no stamp.
  const stamp = join(shared, 'node_modules/.whole');
  const onWait = (): void => options.say('Another process installs these packages: waiting for it.');
  return withFolderLock(shared, onWait, async () => {
    if (existsSync(stamp)) return shared;
    const there = MANIFESTS.filter(name => existsSync(join(folder, name)));
    for (const name of there) copyFileSync(join(folder, name), join(shared, name));
    await installPackages(shared, options);
    writeFileSync(stamp, '');
    return shared;
  });
}

/** By the command line `main`. */
export function provide(folder: string, main: string, options: StepOptions): Promise<void> {
  const doctor = [main, 'doctor', '--only-fix'];
  return runStep('providing SQLite, TensorFlow and data', process.execPath, doctor, folder, options);
}

async function runStep(
  what: string,
  program: string,
  args: readonly string[],
  cwd: string,
  { say, stop, runCache }: StepOptions,
): Promise<void> {
  say(`${what[0]?.toUpperCase()}${what.slice(1)}.`);
  // npm must run on this Node: addons are made for the one that runs it.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { PATH, ...(runCache !== undefined && { BENCH_CACHE_DIR: runCache }) };
  try {
    await execa(program, args, { cwd, env, stdin: 'ignore', cancelSignal: stop });
  } catch (error) {
    if (stop.aborted) throw new UserError('stopped.', { exitCode: EXIT.interrupted });
    throw refusal(`${what} failed in ${cwd}: ${lastError(error, REASON)}.`, error);
  }
}

/** Makes a checkout ready to run: its packages by its lockfile, then its compiler. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { EXIT, UserError } from '../core/errors.ts';
import { sha256 } from '../core/ids.ts';
import { lastError } from '../engine/provision/last-error.ts';

export interface BuildOptions {
  /**
   * *install*: by npm, from the registry. *link*: those of `root`, which must have the same lockfile. *either*: link
   * where that may be.
   */
  packages: 'install' | 'link' | 'either';
  say(line: string): void;
  stop: AbortSignal;
}

/** The command line of a compiled checkout, relative to it. */
export const MAIN = 'dist/src/cli/main.js';
const COMPILER = 'node_modules/typescript/bin/tsc';
/** Of npm, the compiler and our own set-up: the line that says why. */
const REASON = /\berror TS\d|in sync|^(?:Missing|Invalid): |E[A-Z]{4,}|E40\d|not found|refused|could not/;

/** `root`: a checkout of the same repository whose packages are installed. Throws one line. */
export async function buildWorktree(root: string, folder: string, options: BuildOptions): Promise<void> {
  const same = lockfileHash(folder) !== null && lockfileHash(folder) === lockfileHash(root);
  const install = options.packages === 'install' || (options.packages === 'either' && !same);
  if (!install && !same)
    throw refusal(
      'the packages installed here are those of another lockfile: let npm install the right ones (without --no-install).',
    );
  if (install) await installPackages(folder, options);
  else symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  await compile(folder, options);
  if (install) await provide(folder, options);
}

/** What is compiled already is not compiled again. */
export function compile(folder: string, options: Omit<BuildOptions, 'packages'>): Promise<void> {
  return runStep('compiling', process.execPath, [COMPILER, '-b'], folder, options);
}

export function lockfileHash(folder: string): string | null {
  const path = join(folder, 'package-lock.json');
  return existsSync(path) ? sha256(readFileSync(path)) : null;
}

function installPackages(folder: string, options: BuildOptions): Promise<void> {
  return runStep('installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], folder, options);
}

function provide(folder: string, options: BuildOptions): Promise<void> {
  const doctor = [MAIN, 'doctor', '--only-fix'];
  return runStep('providing SQLite, TensorFlow and data', process.execPath, doctor, folder, options);
}

async function runStep(
  what: string,
  program: string,
  args: readonly string[],
  cwd: string,
  { say, stop }: Omit<BuildOptions, 'packages'>,
): Promise<void> {
  say(`${what[0]?.toUpperCase()}${what.slice(1)}.`);
  // npm must run on this Node: addons are made for the one that runs it.
  const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
  try {
    await execa(program, args, { cwd, env, stdin: 'ignore', cancelSignal: stop });
  } catch (error) {
    if (stop.aborted) throw new UserError('stopped.', { exitCode: EXIT.interrupted });
    throw refusal(`${what} failed in ${cwd}: ${lastError(error, REASON)}.`, error);
  }
}

const refusal = (message: string, cause?: unknown): UserError =>
  new UserError(message, { exitCode: EXIT.noData, cause });

/** git, without the user's helpers, and without locks where nothing is changed. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const MAX_OUTPUT_BYTES = 1 << 28;

export interface GitOptions {
  env?: NodeJS.ProcessEnv;
  input?: string;
}

export type GitAnswer = { ok: true; text: string } | { ok: false; why: string };

/** `why` is one line in git's own words. */
export function askGit(cwd: string, args: readonly string[], { env, input }: GitOptions = {}): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...env },
    ...(input !== undefined && { input }),
  });
  if (error !== undefined) return { ok: false, why: whyNotStarted(error) };
  if (status === 0) return { ok: true, text: stdout };
  const lines = stderr.split('\n').filter(line => line.trim() !== '');
  return { ok: false, why: lines.at(0)?.replace(/^(fatal|error): /, '') ?? `git ${args[0]} ended with ${status}` };
}

/** What git prints, or null if it fails. */
export function git(cwd: string, args: readonly string[], options: GitOptions = {}): string | null {
  const answer = askGit(cwd, args, options);
  return answer.ok ? answer.text : null;
}

/** The top folder of the checkout that `folder` lies in; null if it lies in none. */
export const topOf = (folder: string): string | null => git(folder, ['rev-parse', '--show-toplevel'])?.trim() || null;

/** Where git keeps a file or folder of the checkout at `top`: its index, its objects. */
export const gitPath = (top: string, name: string): string =>
  resolve(top, (git(top, ['rev-parse', '--git-path', name]) ?? '').trim());

function whyNotStarted(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'git was not found' : error.message;
}

/** Another commit of the checkout, in a folder beside it. Throws one line where there is none to be had. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refusal } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { cacheDir } from '../core/places.ts';
import { askGit, type GitAnswer } from './git.ts';
import { type BuildOptions, buildWorktree, type Progress } from './worktree-build.ts';

/** The full hash of what a branch, tag or hash names in the repository at `root`. */
export function findCommit(root: string, revision: string): string {
  requireRepository(root);
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const found = askGit(root, asked);
  if (found.ok) return found.text.trim();
  throw refusal(`${JSON.stringify(revision)} is no commit in ${root}: ${wayToFetch(root)}, then repeat.`);
}

/** That there is git, and that `root` is a checkout and not a folder within one. */
export function requireRepository(root: string): void {
  const why = whyNoRepository(root);
  if (why !== null) throw refusal(`the code cannot be checked out: ${why} (in ${root}).`);
}

/** Null if it is one. */
export function whyNoRepository(root: string): string | null {
  const inside = askGit(root, ['rev-parse', '--show-prefix']);
  if (!inside.ok) return inside.why;
  return inside.text.trim() === '' ? null : 'it is a folder within another checkout';
}

/** How to get commits that are not there. */
export function wayToFetch(root: string): string {
  const shallow = askGit(root, ['rev-parse', '--is-shallow-repository']);
  return shallow.ok && shallow.text.trim() === 'true'
    ? 'this clone is shallow, fetch the rest (`git fetch --unshallow`; in a CI: checkout with depth 0)'
    : 'fetch it (`git fetch --all`)';
}

/**
 * Does `action` in a folder with the commit, its packages and its compiled code, and removes it. Who asks for the same
 * commit at the same time waits.
 */
export function withCommit<T>(
  root: string,
  commit: string,
  options: BuildOptions,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  return withWorktree(root, commit, options, async folder => {
    await buildWorktree(root, folder, options);
    return action(folder);
  });
}

/** The same with nothing but the commit's files. */
export function withWorktree<T>(
  root: string,
  commit: string,
  options: Progress,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(cacheDir(), 'worktrees', commit);
  const onWait = (): void => options.say(`Another process works on commit ${commit.slice(0, 12)}: waiting for it.`);
  return withFolderLock(folder, onWait, async () => {
    removeWorktree(root, folder); // what a killed one left
    try {
      addWorktree(root, folder, commit);
      return await action(folder);
    } finally {
      removeWorktree(root, folder);
    }
  });
}

/** The folder must not exist, or be empty. Hooks do not run. */
export function addWorktree(root: string, folder: string, commit: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw refusal(`${folder} is not empty: name another folder, or remove it.`);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  orThrow(askGit(root, ['worktree', 'prune']), 'the list of worktrees');
  const add = ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', folder, commit];
  orThrow(askGit(root, add), `commit ${commit.slice(0, 12)}`);
}

/** To a worktree's files, not to its index. */
export const applyPatch = (folder: string, patch: string): GitAnswer =>
  askGit(folder, ['apply', '--whitespace=nowarn', '-'], { input: patch });

/** Leaves the repository as it was. */
export function removeWorktree(root: string, folder: string): void {
  askGit(root, ['worktree', 'remove', '--force', folder]);
  rmSync(folder, { recursive: true, force: true });
  askGit(root, ['worktree', 'prune']);
}

function orThrow(answer: GitAnswer, what: string): void {
  if (!answer.ok) throw refusal(`${what} cannot be checked out: ${answer.why}.`);
}

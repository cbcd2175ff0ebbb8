/**
 * The code that cells are planned by, in a folder of its own beside the runs: their workers run it, whatever becomes of
 * the checkout meanwhile. Made once for all who want the same commit with the same changes.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal, type UserError } from '../core/errors.ts';
import { withFolderLock } from '../core/folder-lock.ts';
import { hashOf } from '../core/ids.ts';
import { namesIfThere, textIfThere } from '../core/if-there.ts';
import type { Checkout } from './checkout.ts';
import { addWorktree, applyPatch, removeWorktree } from './worktree.ts';
import { type BuildOptions, buildWorktree } from './worktree-build.ts';

/** Written last, and again by each who takes the copy: a folder without it is what a killed process left. */
const STAMP = '.whole';
const COMPILED = 'dist/src';
/** Between the making of a copy and the submission that names it. */
const GRACE_MS = 3600_000;

/** `root`: the checkout. Gives the copy's folder, or throws one line if it would not be what is compiled in `root`. */
export function copyCode(
  root: string,
  benchDir: string,
  checkout: Checkout,
  options: Omit<BuildOptions, 'packages'>,
): Promise<string> {
  const key = hashOf([checkout.commit, checkout.patch?.text ?? '', options.runCache ?? '']);
  const folder = join(copiesDir(benchDir), key.slice(0, 16));
  const onWait = (): void => options.say('Another process copies this code: waiting for it.');
  return withFolderLock(folder, onWait, async () => {
    if (!existsSync(join(folder, STAMP))) await make(root, folder, checkout, options);
    writeFileSync(join(folder, STAMP), '');
    return folder;
  });
}

/** Folders of copies that nobody has taken for a while. */
export function idleCopies(benchDir: string, nowMs = Date.now()): string[] {
  const dir = copiesDir(benchDir);
  const folders = namesIfThere(dir)
    .filter(name => !name.endsWith('.lock'))
    .map(name => join(dir, name));
  return folders.filter(folder => nowMs - takenAtMs(folder) > GRACE_MS);
}

const copiesDir = (benchDir: string): string => join(benchDir, 'code');

function takenAtMs(folder: string): number {
  const stats = [join(folder, STAMP), folder].map(path => statSync(path, { throwIfNoEntry: false }));
  return stats.find(one => one !== undefined)?.mtimeMs ?? 0;
}

async function make(
  root: string,
  folder: string,
  checkout: Checkout,
  options: Omit<BuildOptions, 'packages'>,
): Promise<void> {
  options.say(`Copying the code of this checkout into ${folder}.`);
  unpack(root, folder, checkout);
  await buildWorktree(root, folder, { ...options, packages: 'share' });
  requireSame(root, folder, checkout);
}

function unpack(root: string, folder: string, { commit, patch }: Checkout): void {
  removeWorktree(root, folder);
  addWorktree(root, folder, commit as string);
  if (!patch?.text) return;
  const applied = applyPatch(folder, patch.text);
  if (!applied.ok) throw cannotCopy(`the changes that are not committed cannot be copied: ${applied.why}.`, patch);
}

/** What was left out of the patch may be what matters, and what runs here may have been compiled before the last change. */
function requireSame(root: string, folder: string, { patch }: Checkout): void {
  const names = readdirSync(join(folder, COMPILED), { recursive: true, encoding: 'utf8' });
  const contentOf = (top: string, name: string): string | null => textIfThere(join(top, COMPILED, name));
  const other = names
    .filter(name => name.endsWith('.js'))
    .find(name => contentOf(root, name) !== contentOf(folder, name));
  if (other !== undefined)
    throw cannotCopy(`${join(COMPILED, other)} is not compiled from this checkout as it is now: compile it.`, patch);
}

function cannotCopy(problem: string, patch: Checkout['patch']): UserError {
  const leftOut = patch && patch.leftOut.length > 0 ? ` Not in the copy: ${patch.leftOut.join(', ')}.` : '';
  const remedy = "Commit what is left out, and repeat; or run the checkout itself: slurm({ code: 'in-place' }).";
  return refusal(`the code cannot be copied for the cluster: ${problem}${leftOut} ${remedy}`);
}

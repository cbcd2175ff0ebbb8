/** A commit of a user's own project. Its files run as they are: only its packages are missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/places.ts';
import { lockfileHash } from './checkout.ts';
import { installPackages, linkPackages, MAIN, type Progress, provide } from './worktree-build.ts';

/** Where npm puts us. */
const OWN = 'node_modules/convbench';

/**
 * Makes `folder`, a commit of the project at `root`, ready to run. Gives the command line to run it with: the one that
 * runs now, unless the commit's lockfile brings its own.
 */
export async function buildProject(root: string, folder: string, progress: Progress): Promise<string> {
  if (lockfileHash(folder) === lockfileHash(root)) {
    const there = existsSync(join(folder, 'node_modules')) || !existsSync(join(root, 'node_modules'));
    if (!there) linkPackages(root, folder);
    return join(packageRoot, MAIN);
  }
  await installPackages(folder, progress);
  const own = join(folder, OWN, MAIN);
  if (!existsSync(own)) return join(packageRoot, MAIN);
  await provide(folder, own, progress);
  return own;
}

/** Whose code results speak of. */
import { join } from 'node:path';
import { jsonIfThere } from '../core/if-there.ts';
import { packageRoot } from '../core/places.ts';
import { topOf } from './git.ts';

/**
 * The working folder if it lies in a git checkout of the user's own project, whose nets and experiments are then in
 * question; else our own package. Clones of our repository are no projects.
 */
export function judgedCheckout(folder = process.cwd()): string {
  const top = topOf(folder);
  return top === null || nameOf(top) === nameOf(packageRoot) ? packageRoot : folder;
}

const nameOf = (folder: string): unknown => jsonIfThere<{ name?: unknown }>(join(folder, 'package.json'))?.name;

/** Whose code results speak of. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/places.ts';
import { git } from './git.ts';

/**
 * The working folder if it lies in a git checkout of the user's own project, whose nets and experiments are then in
 * question; else our own package. Clones of our repository are no projects.
 */
export function judgedCheckout(folder = process.cwd()): string {
  const top = git(folder, ['rev-parse', '--show-toplevel'])?.trim();
  return !top || nameOf(top) === nameOf(packageRoot) ? packageRoot : folder;
}

function nameOf(folder: string): unknown {
  const path = join(folder, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).name : undefined;
}

/** The git checkout in which somebody works. */
import { git } from './git.ts';

export interface WorkingCheckout {
  commit: string;
  /** Files that differ from the commit, new ones too; relative to the folder. */
  changed: string[];
}

/** What bench itself writes says nothing of the code. */
const WRITTEN = ['baselines', 'reports', '.bench', 'node_modules'];

/** Null if `folder` lies in none, or nothing is committed there yet. */
export function workingCheckout(folder = process.cwd()): WorkingCheckout | null {
  const commit = git(folder, ['rev-parse', '--quiet', '--verify', 'HEAD'])?.trim();
  if (!commit) return null;
  const where = ['--', '.', ...WRITTEN.map(name => `:(exclude)${name}`)];
  const status = git(folder, ['status', '--porcelain', '--no-renames', '-z', ...where]) ?? '';
  return { commit, changed: status.split('\0').flatMap(entry => (entry === '' ? [] : [entry.slice(3)])) };
}

/** The git checkout in which somebody works. */
import { git } from './git.ts';

export interface WorkingCheckout {
  commit: string;
  /** Files that differ from the commit, and files that git does not know and does not ignore; relative to the folder. */
  changed: string[];
  added: string[];
}

/** What bench itself writes says nothing of the code. */
const WRITTEN = ['baselines', 'reports', '.bench', 'node_modules'];

/** Null if `folder` lies in none, or nothing is committed there yet. */
export function workingCheckout(folder = process.cwd()): WorkingCheckout | null {
  const commit = git(folder, ['rev-parse', '--quiet', '--verify', 'HEAD'])?.trim();
  if (!commit) return null;
  const where = ['--', '.', ...WRITTEN.map(name => `:(exclude)${name}`)];
  const status = git(folder, ['status', '--porcelain', '--no-renames', '-z', ...where]) ?? '';
  const entries = status.split('\0').filter(entry => entry !== '');
  const isNew = (entry: string): boolean => entry.startsWith('??');
  return {
    commit,
    changed: entries.filter(entry => !isNew(entry)).map(pathIn),
    added: entries.filter(isNew).map(pathIn),
  };
}

/** Behind two letters and a space. */
const pathIn = (entry: string): string => entry.slice(3);

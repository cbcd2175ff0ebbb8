/** What arrays leave behind: their own folders, and copies of the code that no array runs any more. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeCopiesDir } from '../code-copy.ts';
import { removeWorktree } from '../worktree.ts';
import { submissionsOver } from './arrays.ts';
import { allSubmissions, removeSubmission } from './submission.ts';

export interface SlurmGarbage {
  /** Tokens of arrays that are over. */
  arrays: string[];
  /** Folders of code. */
  copies: string[];
}

/** Changes nothing. */
export function slurmGarbage(benchDir: string): SlurmGarbage {
  const arrays = submissionsOver(benchDir).map(({ token }) => token);
  const staying = allSubmissions(benchDir).filter(({ token }) => !arrays.includes(token));
  const needed = new Set(staying.map(({ code }) => code));
  return { arrays, copies: copiesIn(benchDir).filter(folder => !needed.has(folder)) };
}

/** `root`: the checkout that the copies are worktrees of. */
export function removeSlurmGarbage(root: string, benchDir: string, { arrays, copies }: SlurmGarbage): void {
  for (const token of arrays) removeSubmission(benchDir, token);
  for (const folder of copies) removeWorktree(root, folder);
}

function copiesIn(benchDir: string): string[] {
  const dir = codeCopiesDir(benchDir);
  const names = existsSync(dir) ? readdirSync(dir) : [];
  return names.filter(name => !name.endsWith('.lock')).map(name => join(dir, name));
}

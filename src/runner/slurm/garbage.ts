/** What arrays leave behind: their own folders, and copies of the code that no array runs any more. */
import { idleCopies } from '../code-copy.ts';
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
  return { arrays, copies: idleCopies(benchDir).filter(folder => !needed.has(folder)) };
}

/** `root`: the checkout that the copies are worktrees of. */
export function removeSlurmGarbage(root: string, benchDir: string, { arrays, copies }: SlurmGarbage): void {
  for (const token of arrays) removeSubmission(benchDir, token);
  for (const folder of copies) removeWorktree(root, folder);
}

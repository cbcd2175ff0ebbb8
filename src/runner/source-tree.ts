/** The code of a run, checked out beside the present one. */
import { refusal } from '../core/errors.ts';
import type { Provenance } from '../core/results.ts';
import { askGit } from './git.ts';
import { addWorktree, applyPatch, removeWorktree, requireRepository, wayToFetch } from './worktree.ts';

export interface SourceState {
  run: string;
  code: Provenance['code'];
  /** Against the commit. */
  patch: string | null;
}

/** Makes `folder` a worktree of the repository at `root` with the code of the run. Throws one line. */
export function checkOutSource(root: string, folder: string, { run, code, patch }: SourceState): void {
  const commit = commitOf(root, run, code, patch);
  addWorktree(root, folder, commit);
  try {
    if (patch !== null) apply(folder, run, code, patch);
  } catch (error) {
    removeWorktree(root, folder);
    throw error;
  }
}

function commitOf(root: string, run: string, code: Provenance['code'], patch: string | null): string {
  requireRepository(root);
  const { commit } = code;
  if (!commit || !/^[0-9a-f]{7,64}$/.test(commit))
    throw refusal(`run ${run} states no commit: it was not made from a git checkout.`);
  if (!askGit(root, ['cat-file', '-e', `${commit}^{commit}`]).ok)
    throw refusal(`commit ${commit.slice(0, 12)} of run ${run} is not in ${root}: ${wayToFetch(root)}, then repeat.`);
  if (code.dirty && patch === null && !code.patch?.leftOut.length)
    throw refusal(`run ${run} was made with changes that are not committed, and its record does not hold them.`);
  return commit;
}

function apply(folder: string, run: string, code: Provenance['code'], patch: string): void {
  const applied = applyPatch(folder, patch);
  if (applied.ok) return;
  const redacted = code.patch?.redacted ?? 0;
  const why = redacted > 0 ? ` It was kept without ${redacted} places that look like secrets.` : '';
  throw refusal(`the patch of run ${run} does not apply to its commit: ${applied.why}.${why}`);
}

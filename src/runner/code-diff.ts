/** The code of two runs as one patch: each commit with its own changes becomes a tree, and the trees are compared. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../core/places.ts';
import { askGit, gitPath, topOf } from './git.ts';

/** What a run states of its code. */
export interface CodeState {
  run: string;
  commit: string | null;
  /** Against the commit. */
  patch: string | null;
}

/** Empty if the code is the same; `why` it cannot be told, in one line. Nothing is written into the checkout. */
export type CodeDiff = { ok: true; patch: string } | { ok: false; why: string };

export function diffCode(first: CodeState, second: CodeState, root = packageRoot): CodeDiff {
  const top = topOf(root);
  if (top === null) return { ok: false, why: `${root} is no git checkout` };
  const workshop = mkdtempSync(join(tmpdir(), 'bench-trees-'));
  try {
    const env = objectsIn(workshop, top);
    const trees = [first, second].map((state, i) =>
      treeOf(top, state, { ...env, GIT_INDEX_FILE: join(workshop, `${i}`) }),
    );
    for (const tree of trees) if (!tree.ok) return tree;
    const [one, two] = trees.map(tree => (tree as { tree: string }).tree);
    const answer = askGit(top, ['diff', '--no-color', '--no-ext-diff', '--no-textconv', one as string, two as string], {
      env,
    });
    return answer.ok ? { ok: true, patch: answer.text } : answer;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** New objects go into a folder of their own, which is removed afterwards. */
function objectsIn(workshop: string, top: string): NodeJS.ProcessEnv {
  const objects = join(workshop, 'objects');
  mkdirSync(objects);
  return { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: gitPath(top, 'objects') };
}

function treeOf(
  top: string,
  { run, commit, patch }: CodeState,
  env: NodeJS.ProcessEnv,
): { ok: true; tree: string } | { ok: false; why: string } {
  if (commit === null) return { ok: false, why: `run ${run} states no commit` };
  if (!/^[0-9a-f]{7,64}$/.test(commit) || !askGit(top, ['read-tree', commit], { env }).ok)
    return { ok: false, why: `commit ${commit.slice(0, 12)} of run ${run} is not in this checkout` };
  if (patch !== null) {
    const applied = askGit(top, ['apply', '--cached', '--whitespace=nowarn', '-'], { env, input: patch });
    if (!applied.ok) return { ok: false, why: `the patch of run ${run} does not apply to its commit: ${applied.why}` };
  }
  const written = askGit(top, ['write-tree'], { env });
  return written.ok ? { ok: true, tree: written.text.trim() } : written;
}

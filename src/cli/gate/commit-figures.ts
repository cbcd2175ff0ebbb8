/**
 * What an experiment of the present checkout gives with the code of another commit. What was measured is kept, so that
 * whoever was interrupted goes on from there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { TierName } from '../../core/experiment.ts';
import { hashOf, sha256 } from '../../core/ids.ts';
import { benchDir } from '../../core/places.ts';
import { pick } from '../../core/registry.ts';
import { type Baseline, parseBaseline } from '../../gate/index.ts';
import { experimentFiles } from '../../runner/experiments.ts';
import type { Progress } from '../../runner/worktree-build.ts';
import { runCommit } from './commit-run.ts';

export interface CommitQuestion {
  experiment: string;
  tier: TierName;
  settings: readonly string[];
}

/** `commit` is a full hash. Throws one line where the commit cannot be built, run, or has not finished every cell. */
export async function commitFigures(
  question: CommitQuestion,
  commit: string,
  seeds: number,
  progress: Progress,
): Promise<Baseline> {
  const specs = dirname(pick('experiment', question.experiment, experimentFiles()));
  const place = join(benchDir(), 'bisect', `${commit.slice(0, 12)}-${hashQuestion(question, specs).slice(0, 12)}`);
  const name = `${seeds}-seeds`;
  const path = join(place, 'baselines', `${name}.json`);
  if (!existsSync(path)) await runCommit(commit, { question, seeds, specs, place, name, progress });
  return parseBaseline(readFileSync(path, 'utf8'), relative('.', path));
}

/** The words of the spec count, and those of the parts that it imports. */
function hashQuestion(question: CommitQuestion, specs: string): string {
  const names = readdirSync(specs).filter(name => name.endsWith('.ts'));
  return hashOf({ question, specs: names.sort().map(name => [name, sha256(readFileSync(join(specs, name)))]) });
}

/** Is a commit worse than a good one? Both are measured, as far as they are not, and gated seed by seed. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { GateThreshold } from '../../core/experiment.ts';
import { pick } from '../../core/registry.ts';
import { type Baseline, type Decision, decideGate } from '../../gate/index.ts';
import type { BuildOptions } from '../../runner/worktree-build.ts';
import { type CommitQuestion, commitFigures } from './commit-figures.ts';

export interface Trial extends Pick<BuildOptions, 'say' | 'stop'> {
  question: CommitQuestion;
  /** Full hash. */
  good: string;
  threshold: GateThreshold;
  /** Default: all. */
  arm?: string;
}

/** Further looks come where one does not decide; each has its share of the error. */
export async function decideCommit(trial: Trial, hash: string): Promise<Decision> {
  const { threshold, good, arm } = trial;
  const { looks, confidence } = threshold;
  for (let look = 1; ; look++) {
    const seeds = looks[look - 1] as number;
    const baseline = await figures(trial, good, seeds);
    const present = await figures(trial, hash, seeds).catch(unmeasured);
    if (typeof present === 'string')
      return { outcome: 'incomparable', because: present, look, looks, confidence, checks: [] };
    const sides = { baseline: ofArm(baseline, arm), present: ofArm(present, arm) };
    const decision = decideGate({ thresholds: [threshold], ...sides, look });
    if (decision.outcome !== 'inconclusive' || look === looks.length) return decision;
  }
}

/** One that cannot be built or run is none of the user's mistakes: the search goes on beside it. */
function unmeasured(error: unknown): string {
  if (error instanceof UserError && error.exitCode !== EXIT.interrupted) return error.message;
  throw error;
}

const figures = ({ question, say, stop }: Trial, commit: string, seeds: number): Promise<Baseline> =>
  commitFigures(question, commit, seeds, { say, stop });

function ofArm(measured: Baseline, arm: string | undefined): Baseline {
  if (arm === undefined) return measured;
  pick('arm', arm, new Map(Object.entries(measured.spec)));
  const only = <T>(byArm: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(byArm).filter(([name]) => name === arm));
  return { ...measured, spec: only(measured.spec), data: only(measured.data) };
}

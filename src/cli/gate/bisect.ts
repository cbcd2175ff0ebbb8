/** `bench gate bisect`: which commit made a metric worse. Each that the search asks for is gated against the good one. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { GateMargin, TierName } from '../../core/experiment.ts';
import {
  type Check,
  type CommitOutcome,
  checkThresholds,
  type Decision,
  isExact,
  parseThreshold,
  plannedDecisions,
  searchFirstBad,
} from '../../gate/index.ts';
import { type Commit, commitsBetween } from '../../runner/commits.ts';
import { judgedCheckout } from '../../runner/judged-checkout.ts';
import { workingCheckout } from '../../runner/working-checkout.ts';
import { findCommit } from '../../runner/worktree.ts';
import { FEWEST_SEEDS } from '../../stats/index.ts';
import { tell } from '../output/tell.ts';
import { Interrupts } from '../run/interrupts.ts';
import { type Bisected, type BisectStep, decisionsOf, writeBisected } from './bisect-output.ts';
import { decideCommit, type Trial } from './commit-trial.ts';

export interface BisectOptions {
  good: string;
  bad: string;
  experiment: string;
  /** As a gate names it: `test.top1`, `higher:imagesPerSecond`. */
  metric: string;
  /** Default: half of what the bad commit is worse by. */
  margin?: string;
  arm?: string;
  tier: TierName;
  confidence: number;
  looks: readonly number[];
  set: readonly string[];
  json?: boolean;
}

export async function gateBisect(options: BisectOptions): Promise<number> {
  const { metric, margin = '0', confidence, looks } = options;
  if (isExact(metric)) throw new UserError(`gate bisect: ${metric} needs no seeds: \`git bisect run\` finds it.`);
  const root = judgedCheckout();
  const [good, bad] = [options.good, options.bad].map(revision => findCommit(root, revision)) as [string, string];
  const commits = commitsBetween(root, good, bad);
  const risk = (1 - confidence) / plannedDecisions(commits.length);
  const threshold = parseThreshold(`${metric}=${margin}`, {
    metric: [],
    confidence: 1 - risk,
    looks,
    minimumSeeds: FEWEST_SEEDS,
  });
  checkThresholds([threshold], 'gate bisect');
  tellOfChanges();
  const interrupts = new Interrupts(tell);
  try {
    const { experiment, tier, set: settings, arm } = options;
    const asked = { question: { experiment, tier, settings }, good, threshold, ...(arm !== undefined && { arm }) };
    const search = { ...asked, options, commits, steps: [], say: tell, stop: interrupts.stop };
    return writeBisected(await bisect(search, bad, risk), options);
  } finally {
    interrupts.release();
  }
}

/** They are in no commit, so the search cannot find them. */
function tellOfChanges(): void {
  const count = workingCheckout()?.changed.length ?? 0;
  if (count > 0) tell(`Changes of ${count} files are not committed: they are not searched.`);
}

interface Search extends Trial {
  options: BisectOptions;
  commits: readonly Commit[];
  steps: BisectStep[];
}

async function bisect(search: Search, bad: string, risk: number): Promise<Bisected> {
  const { options, good, commits, steps } = search;
  const end = await badEnd(search, bad);
  const margin = options.margin === undefined ? halfOf(end) : search.threshold.margin;
  const narrowed = { ...search, arm: end.arm, threshold: { ...search.threshold, margin } };
  const hashes = commits.map(({ hash }) => hash);
  const suspects = await searchFirstBad(hashes, async commit => (await step(narrowed, commit)).outcome);
  return {
    experiment: options.experiment,
    tier: options.tier,
    metric: search.threshold.metric,
    arm: end.arm,
    margin,
    good,
    bad,
    commits: commits.length,
    suspects: commits.filter(({ hash }) => suspects.includes(hash)),
    confidence: 1 - decisionsOf(steps) * risk,
    riskOfDecision: risk,
    steps,
  };
}

const halfOf = ({ worsening }: Check): GateMargin => ({ absolute: Number(((worsening ?? 0) / 2).toPrecision(3)) });

/** The arm that is most clearly worse at the bad commit; throws one line if none is. */
async function badEnd(search: Search, bad: string): Promise<Check> {
  const decision = await decideCommit(search, bad);
  const worse = decision.checks.filter(({ outcome }) => outcome === 'fail');
  const [clearest] = worse.toSorted((a, b) => (a.p ?? 0) - (b.p ?? 0));
  if (clearest === undefined) throw notWorse(search.options, decision);
  search.steps.push(stepOf(commitOf(search, bad), { ...decision, checks: [clearest] }));
  return clearest;
}

function notWorse({ metric, good, bad }: BisectOptions, { outcome, because, checks }: Decision): UserError {
  const why = because ?? checks.map(check => `${check.arm}: ${check.because ?? check.outcome}`).join('; ');
  const nothing = `gate bisect: nothing to find: ${metric} is not proven to be worse at ${bad} than at ${good} (${why}).`;
  if (outcome !== 'incomparable') return new UserError(nothing, { exitCode: EXIT.inconclusive });
  return new UserError(`${nothing} What does not build, run or converge needs no seeds: \`git bisect run\` finds it.`, {
    exitCode: EXIT.noData,
  });
}

async function step(search: Search, hash: string): Promise<BisectStep> {
  const done = stepOf(commitOf(search, hash), await decideCommit(search, hash));
  tell(`${hash.slice(0, 12)}: ${done.outcome}${done.because ? ` (${done.because})` : ''}.`);
  search.steps.push(done);
  return done;
}

const OUTCOMES: Record<Decision['outcome'], CommitOutcome> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'undecided',
  incomparable: 'untestable',
};

function stepOf(commit: Commit, { outcome, because, checks }: Decision): BisectStep {
  const [check = null] = checks;
  return { ...commit, outcome: OUTCOMES[outcome], because: because ?? check?.because ?? null, check };
}

const commitOf = ({ commits }: Search, hash: string): Commit => commits.find(one => one.hash === hash) as Commit;

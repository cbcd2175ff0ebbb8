/** `bench gate bisect`: which commit made a metric worse. Each that the search asks for is gated against the good one. */
import { EXIT, UserError } from '../core/errors.ts';
import type { GateMargin, GateThreshold, TierName } from '../core/experiment.ts';
import { packageRoot } from '../core/places.ts';
import { plainText } from '../core/plain-text.ts';
import {
  type Baseline,
  type Check,
  type CommitOutcome,
  checkThresholds,
  type Decision,
  decideGate,
  isExact,
  plannedDecisions,
  searchFirstBad,
} from '../gate/index.ts';
import { type Commit, commitsBetween } from '../runner/commits.ts';
import { findCommit } from '../runner/worktree.ts';
import { FEWEST_SEEDS } from '../stats/index.ts';
import { type CommitQuestion, commitFigures } from './commit-figures.ts';
import { type Bisected, type BisectStep, writeBisected } from './gate-bisect-output.ts';
import { parseThreshold } from './gate-thresholds.ts';
import { Interrupts } from './interrupts.ts';

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
  const [good, bad] = [options.good, options.bad].map(revision => findCommit(packageRoot, revision)) as [
    string,
    string,
  ];
  const commits = commitsBetween(packageRoot, good, bad);
  const risk = (1 - confidence) / plannedDecisions(commits.length);
  const threshold = parseThreshold(`${metric}=${margin}`, {
    metric: [],
    confidence: 1 - risk,
    looks,
    minimumSeeds: FEWEST_SEEDS,
  });
  checkThresholds([threshold], 'gate bisect');
  const interrupts = new Interrupts(say);
  try {
    const trial: Trial = { options, good, commits, threshold, stop: interrupts.stop, steps: [], measured: new Map() };
    return writeBisected(await bisect(trial, bad, risk), options);
  } finally {
    interrupts.release();
  }
}

interface Trial {
  options: BisectOptions;
  good: string;
  commits: readonly Commit[];
  threshold: GateThreshold;
  arm?: string;
  stop: AbortSignal;
  steps: BisectStep[];
  /** Commit and seeds → figures. */
  measured: Map<string, Promise<Baseline>>;
}

async function bisect(trial: Trial, bad: string, risk: number): Promise<Bisected> {
  const { options, good, commits, steps } = trial;
  const end = await badEnd(trial, bad);
  const margin = options.margin === undefined ? halfOf(end) : trial.threshold.margin;
  const narrowed = { ...trial, arm: end.arm, threshold: { ...trial.threshold, margin } };
  const hashes = commits.map(({ hash }) => hash);
  const suspects = await searchFirstBad(hashes, async commit => (await step(narrowed, commit)).outcome);
  const decisions = steps.filter(({ outcome }) => outcome === 'good' || outcome === 'bad').length;
  return {
    experiment: options.experiment,
    tier: options.tier,
    metric: trial.threshold.metric,
    arm: end.arm,
    margin,
    good,
    bad,
    commits: commits.length,
    suspects: commits.filter(({ hash }) => suspects.includes(hash)),
    confidence: 1 - decisions * risk,
    riskOfDecision: risk,
    steps,
  };
}

const halfOf = ({ worsening }: Check): GateMargin => ({ absolute: Number(((worsening ?? 0) / 2).toPrecision(3)) });

/** The arm that is most clearly worse at the bad commit; throws one line if none is. */
async function badEnd(trial: Trial, bad: string): Promise<Check> {
  const arm = trial.options.arm;
  const decision = await decide(arm === undefined ? trial : { ...trial, arm }, bad);
  trial.steps.push(stepOf(commitOf(trial, bad), decision));
  const worse = decision.checks.filter(({ outcome }) => outcome === 'fail');
  const [clearest] = worse.toSorted((a, b) => (a.p ?? 0) - (b.p ?? 0));
  if (clearest !== undefined) return clearest;
  const why =
    decision.because ?? decision.checks.map(check => `${check.arm}: ${check.because ?? check.outcome}`).join('; ');
  throw new UserError(
    `gate bisect: nothing to find: ${trial.options.metric} is not proven to be worse at ${trial.options.bad} than at ${trial.options.good} (${why}).`,
    { exitCode: decision.outcome === 'incomparable' ? EXIT.noData : EXIT.inconclusive },
  );
}

async function step(trial: Trial, hash: string): Promise<BisectStep> {
  const done = stepOf(commitOf(trial, hash), await decide(trial, hash));
  say(`${hash.slice(0, 12)}: ${done.outcome}${done.because ? ` (${done.because})` : ''}.`);
  trial.steps.push(done);
  return done;
}

/** Further looks come where one does not decide; each has its share of the error. */
async function decide(trial: Trial, hash: string): Promise<Decision> {
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

function figures(trial: Trial, commit: string, seeds: number): Promise<Baseline> {
  const key = `${commit} ${seeds}`;
  const { experiment, tier, set } = trial.options;
  const question: CommitQuestion = { experiment, tier, settings: set };
  const measured = trial.measured.get(key) ?? commitFigures(question, commit, seeds, { say, stop: trial.stop });
  trial.measured.set(key, measured);
  return measured;
}

function ofArm(measured: Baseline, arm: string | undefined): Baseline {
  if (arm === undefined) return measured;
  const only = <T>(byArm: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(byArm).filter(([name]) => name === arm));
  return { ...measured, spec: only(measured.spec), data: only(measured.data) };
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

const commitOf = ({ commits }: Trial, hash: string): Commit => commits.find(one => one.hash === hash) as Commit;

function say(line: string): void {
  process.stderr.write(`${plainText(line)}\n`);
}

/** `gate()`: has an experiment become worse than a baseline? And what `bench gate` shares with it. */
import type { Experiment, GateThreshold, TierName } from '../core/experiment.ts';
import {
  type Baseline,
  type Decision,
  decideGate,
  differenceOf,
  type GateReport,
  readBaseline,
  requireFigures,
  seedCount,
  type ThresholdFlags,
  thresholdChange,
  thresholdsOf,
} from '../gate/index.ts';
import { checkoutProvenance } from '../runner/checkout.ts';
import { loadExperiment } from '../runner/experiments.ts';
import { judgedCheckout } from '../runner/judged-checkout.ts';
import { type Plan, planExperiment } from '../runner/plan.ts';
import { openRecordedStore } from '../tracking/recorded-store.ts';
import { measure, plannedSide } from './measured.ts';

/** What `gate()` is asked. */
export interface GateQuestion {
  /** Its name: a file in `experiments/`. */
  experiment: string;
  /** The name of a file in `baselines/`. */
  baseline: string;
  /** Default: the baseline's. */
  tier?: TierName;
  /** `key=value`, as they were given when the baseline was saved. */
  set?: readonly string[];
}

/** `gate()` of the package: trains nothing. */
export async function judgeRecorded(question: GateQuestion): Promise<GateReport> {
  const opened = await openGate(question, { metric: [] });
  return reportOf(opened, await decide<never>(opened, { look: (look, seeds) => lookAtRecorded(opened, look, seeds) }));
}

export interface OpenedGate {
  experiment: Experiment;
  baseline: Baseline;
  thresholds: readonly GateThreshold[];
  /** Why the thresholds are not what was frozen, if so. */
  changed: string | null;
  tier: TierName;
  set: readonly string[];
}

/** `flags`: thresholds in place of the baseline's. */
export async function openGate(question: GateQuestion, flags: ThresholdFlags): Promise<OpenedGate> {
  const { experiment: id, baseline: name, tier, set = [] } = question;
  const baseline = readBaseline(name);
  const experiment = await loadExperiment(id);
  const thresholds = thresholdsOf(baseline, experiment, flags);
  requireFigures(baseline, thresholds);
  const changed = thresholdChange(baseline, experiment, flags);
  return { experiment, baseline, thresholds, changed, tier: tier ?? (baseline.tier as TierName), set };
}

interface Looking<Stopped> {
  /** Of look `look`, from 1, with so many seeds; or why it has to end without a decision. */
  look(look: number, seeds: number): Promise<Decision | Stopped>;
  say?(line: string): void;
}

/** Looks as often as was planned beforehand, and no more: further ones come where one does not decide. */
export async function decide<Stopped extends number>(
  gate: OpenedGate,
  { look: lookOnce, say = () => {} }: Looking<Stopped>,
): Promise<Decision | Stopped> {
  const barredBy = await barred(gate);
  if (barredBy !== null) return barredBy;
  const looks = gate.thresholds[0]?.looks ?? [];
  for (let look = 1; ; look++) {
    const decision = await lookOnce(look, looks[look - 1] as number);
    const next = looks[look];
    if (typeof decision === 'number' || decision.outcome !== 'inconclusive' || next === undefined) return decision;
    const pinned = seedCount(gate.baseline);
    if (pinned < next) {
      const needs = `The next look needs ${next} seeds; baseline ${gate.baseline.name} has ${pinned}.`;
      say(`${needs} Save it again with as many.`);
      return decision;
    }
    say(`Look ${look} is inconclusive: looking again with ${next} seeds.`);
  }
}

/** What no run could mend is said before anything is trained. */
async function barred(gate: OpenedGate): Promise<Decision | null> {
  const { baseline, thresholds } = gate;
  const fewest = thresholds[0]?.looks[0] as number;
  const present = await plannedSide(await planFor(gate, fewest));
  const changed = differenceOf(baseline, present) ? null : gate.changed;
  if (!changed && !differenceOf(baseline, present) && seedCount(baseline) >= fewest) return null;
  const decision = decideGate({ thresholds, baseline, present, look: 1 });
  return changed ? { ...decision, outcome: 'incomparable', because: changed, checks: [] } : decision;
}

export async function lookAtRecorded(gate: OpenedGate, look: number, seeds: number): Promise<Decision> {
  const { thresholds, baseline } = gate;
  const plan = await planFor(gate, seeds);
  const store = openRecordedStore();
  if (store === null) return decideGate({ thresholds, baseline, look, present: await plannedSide(plan) });
  try {
    return decideGate({ thresholds, baseline, look, present: await measure(plan, store, thresholds) });
  } finally {
    store.close();
  }
}

/** With what was judged, and when. */
export function reportOf({ experiment, tier, baseline }: OpenedGate, decision: Decision): GateReport {
  const { commit, dirty } = checkoutProvenance(judgedCheckout());
  const decidedAt = new Date().toISOString();
  return { ...decision, experiment: experiment.id, tier, baselineName: baseline.name, decidedAt, commit, dirty };
}

function planFor({ experiment, tier, set }: OpenedGate, seeds: number): Promise<Plan> {
  return planExperiment(experiment, { tier, settings: set, seeds, execution: { threads: 1, device: 'cpu' } });
}

/** `bench gate`: run what is missing, compare with a baseline, decide; look again where that was planned. */
import { EXIT, UserError } from '../core/errors.ts';
import type { Experiment, GateThreshold, TierName } from '../core/experiment.ts';
import {
  type Baseline,
  type Decision,
  decideGate,
  differenceOf,
  exitCodeOf,
  type GateReport,
  readBaseline,
} from '../gate/index.ts';
import { checkoutProvenance } from '../runner/checkout.ts';
import { loadExperiment } from '../runner/experiments.ts';
import { type Plan, planExperiment } from '../runner/plan.ts';
import { seedCount } from './baseline-table.ts';
import { measure, plannedSide } from './gate-measured.ts';
import { type OutputOptions, writeOutputs } from './gate-outputs.ts';
import { type ThresholdFlags, thresholdChange, thresholdsOf } from './gate-thresholds.ts';
import { openRecordedStore } from './recorded-store.ts';
import { runToEnd } from './run-experiment.ts';

export interface GateOptions extends ThresholdFlags, OutputOptions {
  baseline?: string;
  /** Default: the baseline's. */
  tier?: TierName;
  set: string[];
  workers?: number;
  /** False: only what is recorded is judged. */
  run: boolean;
  onInconclusive: 'pass' | 'fail';
}

export async function gateCommand(id: string | undefined, options: GateOptions): Promise<number> {
  if (id === undefined) throw new UserError('gate: expected an experiment and --baseline NAME, or --base REV.');
  if (!options.baseline) throw new UserError('gate: expected --baseline, the name of a file in baselines/.');
  const baseline = readBaseline(options.baseline);
  const experiment = await loadExperiment(id);
  const thresholds = thresholdsOf(baseline, experiment, options);
  const gate: Gate = { experiment, baseline, thresholds, options, tier: options.tier ?? (baseline.tier as TierName) };
  const decision = (await barred(gate)) ?? (await lookAndLookAgain(gate));
  if (typeof decision === 'number') return decision;
  const { commit, dirty } = checkoutProvenance();
  const report: GateReport = {
    ...decision,
    experiment: id,
    tier: gate.tier,
    baselineName: options.baseline,
    decidedAt: new Date().toISOString(),
    commit,
    dirty,
  };
  writeOutputs(report, options);
  return exitCodeOf(decision.outcome, options.onInconclusive);
}

interface Gate {
  experiment: Experiment;
  baseline: Baseline;
  thresholds: readonly GateThreshold[];
  options: GateOptions;
  tier: TierName;
}

/** What no run could mend is said before anything is trained. */
async function barred(gate: Gate): Promise<Decision | null> {
  const { baseline, thresholds, options, experiment } = gate;
  const looks = thresholds[0]?.looks ?? [];
  const present = await plannedSide(await planFor(gate, looks[0] as number));
  const changed = differenceOf(baseline, present) ? null : thresholdChange(baseline, experiment, options);
  if (!changed && !differenceOf(baseline, present) && seedCount(baseline) >= (looks[0] as number)) return null;
  const decision = decideGate({ thresholds, baseline, present, look: 1 });
  return changed ? { ...decision, outcome: 'incomparable', because: changed, checks: [] } : decision;
}

/** A number: the cells were stopped, and this is the exit code. */
async function lookAndLookAgain(gate: Gate): Promise<Decision | number> {
  const looks = gate.thresholds[0]?.looks ?? [];
  for (let look = 1; ; look++) {
    const decision = await lookOnce(gate, look);
    const next = looks[look];
    if (typeof decision === 'number' || decision.outcome !== 'inconclusive' || next === undefined) return decision;
    const pinned = seedCount(gate.baseline);
    if (pinned < next) {
      const needs = `The next look needs ${next} seeds; baseline ${gate.baseline.name} has ${pinned}.`;
      process.stderr.write(`${needs} Save it again with as many.\n`);
      return decision;
    }
    process.stderr.write(`Look ${look} is inconclusive: looking again with ${next} seeds.\n`);
  }
}

async function lookOnce(gate: Gate, look: number): Promise<Decision | number> {
  const { experiment, options, tier, thresholds, baseline } = gate;
  const seeds = thresholds[0]?.looks[look - 1] as number;
  if (!options.run) return lookAtRecorded(gate, look, seeds);
  let decision: Decision | null = null;
  const asked = { tier, seeds, set: options.set, threads: 1, device: 'cpu', onInconclusive: 'pass' } as const;
  const code = await runToEnd(
    experiment.id,
    { ...asked, ...(options.workers !== undefined && { workers: options.workers }) },
    async (plan, store) => {
      decision = decideGate({ thresholds, baseline, look, present: await measure(plan, store, thresholds) });
      return EXIT.ok;
    },
  );
  return decision ?? code;
}

async function lookAtRecorded(gate: Gate, look: number, seeds: number): Promise<Decision> {
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

function planFor({ experiment, tier, options }: Gate, seeds: number): Promise<Plan> {
  return planExperiment(experiment, { tier, settings: options.set, seeds, execution: { threads: 1, device: 'cpu' } });
}

/** Invented results of an invented sitting: only to have something to draw. */
import type { Experiment, Tier } from '../../src/core/experiment.ts';
import { stream } from '../../src/core/random.ts';
import type { Curve, ExperimentResults, RunSummary } from '../../src/core/results.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { judgeClaim } from '../../src/stats/index.ts';
import { valuesByArm } from '../../src/tracking/queries.ts';

const LOSSES: Record<string, number> = { 'plain-18': 0.45, 'plain-34': 0.8, 'residual-18': 0.36, 'residual-34': 0.37 };
const STEPS = 600;

export interface InventedOptions {
  seeds?: number;
  decides?: boolean;
  change?: Partial<Experiment>;
}

export async function inventResults({
  seeds = 5,
  decides = true,
  change = {},
}: InventedOptions = {}): Promise<ExperimentResults> {
  const spec = await loadExperiment('degradation-34');
  const tiers = { quick: { ...(spec.tiers.quick as Tier), decides } };
  const experiment = { ...spec, tiers, ...change };
  const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
  const arms = Object.keys(LOSSES);
  const runs = arms.flatMap(arm => numbers.map(seed => inventRun(arm, seed)));
  const verdicts = experiment.claims.map(claim =>
    judgeClaim(claim, valuesByArm(runs, claim.metric), { decides, plannedSeeds: numbers }),
  );
  return {
    experiment,
    tier: 'quick',
    specHash: 'f'.repeat(64),
    arms,
    seeds: numbers,
    runs,
    curves: runs.flatMap(inventCurves),
    verdicts,
    provenance: null,
    differences: [{ what: 'machine.hostname', values: ['one', 'other'] }],
  };
}

function inventRun(arm: string, seed: number): RunSummary {
  const [kind = '', depth = ''] = arm.split('-');
  const loss = (LOSSES[arm] as number) + 0.03 * stream(seed, `loss of ${arm}`).normal();
  return {
    id: `${arm}-${seed}`,
    experiment: 'degradation-34',
    tier: 'quick',
    arm,
    levels: { depth, kind }, // not the order of the factors: a store need not keep it
    seed,
    specHash: 'f'.repeat(64),
    identity: `${arm} ${seed}`,
    state: 'finished',
    reason: null,
    step: STEPS,
    steps: STEPS,
    attempts: 1,
    startedAt: 0,
    endedAt: 40_000,
    metrics: {
      'train.loss': loss,
      'train.top1': loss / 3,
      'test.loss': loss * 1.1,
      'test.top1': loss / 2.8,
      'test.top5': loss / 90,
      imagesPerSecond: 900,
    },
  };
}

function inventCurves({ id, arm, seed, metrics }: RunSummary): Curve[] {
  const draws = stream(seed, `curve of ${arm}`);
  const value = (step: number): number =>
    (metrics['train.loss'] as number) + 2 * Math.exp(-step / 80) + 0.05 * draws.normal();
  const training = Array.from({ length: STEPS }, (_, i) => [i + 1, value(i)] as const);
  const test = [150, 300, 450, 600].map(step => [step, value(step) / 2.8] as const);
  return [
    { run: id, arm, seed, metric: 'train.loss', points: training },
    { run: id, arm, seed, metric: 'train.top1', points: training.map(([step, loss]) => [step, loss / 3] as const) },
    { run: id, arm, seed, metric: 'test.top1', points: test },
  ];
}

/** All checks of a gate at one look, and what they come to together. */
import type { GateThreshold } from '../core/experiment.ts';
import { boundOf, type Figure, holm } from '../stats/index.ts';
import type { Baseline } from './baseline.ts';
import { type Check, type CheckOutcome, judgePairs } from './check.ts';
import { differenceOf, machineDifference } from './comparable.ts';
import { type Measured, seedsOf } from './measured.ts';
import { isExact, marginOf } from './threshold.ts';

/** What a gate made of its checks. */
export interface Decision {
  outcome: CheckOutcome;
  /** Why nothing at all could be compared. */
  because: string | null;
  /** Of the looks planned, from 1. */
  look: number;
  looks: readonly number[];
  confidence: number;
  checks: readonly Check[];
}

export interface GateInput {
  thresholds: readonly GateThreshold[];
  baseline: Baseline;
  present: Measured;
  /** From 1. */
  look: number;
}

/** The thresholds are ones that `checkThresholds` let pass. */
export function decideGate({ thresholds, baseline, present, look }: GateInput): Decision {
  const { looks, confidence } = thresholds[0] as GateThreshold;
  const difference = differenceOf(baseline, present);
  if (difference) return { outcome: 'incomparable', because: difference, look, looks, confidence, checks: [] };
  const level = levelOfLook(confidence, looks.length);
  const seeds = Array.from({ length: looks[look - 1] as number }, (_, i) => i + 1);
  const arms = Object.keys(present.spec);
  const each = thresholds.flatMap(threshold =>
    arms.map(arm => checkArm({ threshold, baseline, present, arm, seeds, level })),
  );
  const checks = adjustForAll(each, level);
  return { outcome: together(checks), because: null, look, looks, confidence, checks };
}

/** The error is split evenly (Bonferroni), so that it holds however the looks hang together. */
export const levelOfLook = (confidence: number, looks: number): number => 1 - (1 - confidence) / looks;

/** A fail stands if it stands beside all the others; a pass needs no adjustment, as the gate passes only with all. */
export function adjustForAll(checks: readonly Check[], level: number): Check[] {
  const tested = checks.filter(check => check.p !== null);
  const adjusted = holm(tested.map(check => check.p as number));
  return checks.map(check => {
    if (check.p === null) return check;
    const adjustedP = adjusted[tested.indexOf(check)] as number;
    if (check.outcome !== 'fail' || adjustedP < (1 - level) / 2 || tested.length === 1) return { ...check, adjustedP };
    return { ...check, adjustedP, outcome: 'inconclusive', because: 'worse by itself, but not among so many checks' };
  });
}

/** What is proven to be worse fails whatever else is unknown. */
export function together(checks: readonly Check[]): CheckOutcome {
  const has = (outcome: CheckOutcome): boolean => checks.some(check => check.outcome === outcome);
  return (['fail', 'incomparable', 'inconclusive'] as const).find(has) ?? 'pass';
}

interface ArmInput {
  threshold: GateThreshold;
  baseline: Baseline;
  present: Measured;
  arm: string;
  seeds: readonly number[];
  level: number;
}

function checkArm(input: ArmInput): Check {
  const { threshold, baseline, present, arm, seeds, level } = input;
  const { metric, direction } = threshold;
  if (isExact(metric)) return checkExact(input);
  const [before, now] = [baseline.figures[metric]?.[arm], present.figures[metric]?.[arm]];
  const barred =
    machineDifference(metric, baseline.machine, present.machine) ??
    missing('baseline', before, seeds) ??
    missing('present', now, seeds);
  if (barred) return incomparable(input, barred);
  const figures = (of: Record<string, Figure> = {}): Figure[] => seeds.map(seed => of[seed] as Figure);
  const margin = marginOf(
    threshold.margin,
    seedsOf(before).map(seed => boundOf(before?.[seed] as Figure)),
  );
  const pairs = { metric, arm, direction, seeds, margin, level };
  return judgePairs({ ...pairs, baseline: figures(before), present: figures(now) });
}

/** Every seed of the look, with a finite figure. */
function missing(whose: string, figures: Record<string, Figure> = {}, seeds: readonly number[]): string | null {
  const absent = seeds.filter(seed => figures[seed] === undefined);
  if (absent.length > 0)
    return `${whose} figures: expected seeds 1 to ${seeds.length}, got ${seedsOf(figures).join(', ') || 'none'}`;
  const odd = seeds.find(seed => !Number.isFinite(boundOf(figures[seed] as Figure)));
  return odd === undefined ? null : `${whose} figures: seed ${odd} is ${boundOf(figures[odd] as Figure)}`;
}

function checkExact({ threshold: { metric }, baseline, present, arm, level }: ArmInput): Check {
  const count = metric as 'parameters' | 'macs';
  const [before, now] = [baseline.costs[arm]?.[count] ?? null, present.costs[arm]?.[count] ?? null];
  const equal = before === now;
  return {
    ...blankCheck(metric, arm, level),
    outcome: before === null || now === null ? 'incomparable' : equal ? 'pass' : 'fail',
    because: before === null || now === null ? 'the net cannot be counted' : equal ? null : 'must be equal',
    baseline: before,
    present: now,
    margin: 0,
  };
}

const incomparable = ({ threshold, arm, level }: ArmInput, because: string): Check => ({
  ...blankCheck(threshold.metric, arm, level),
  because,
});

/** With nothing compared. */
export const blankCheck = (metric: string, arm: string, level: number): Check => ({
  metric,
  arm,
  outcome: 'incomparable',
  because: null,
  baseline: null,
  present: null,
  worsening: null,
  interval: null,
  margin: null,
  level,
  p: null,
  adjustedP: null,
  permutationP: null,
  seeds: [],
  seedsNeeded: null,
});

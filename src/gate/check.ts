/** One metric of one arm: how much worse it is than the baseline, and what follows. docs/gate.md has the rules. */
import {
  boundOf,
  type Figure,
  isCensored,
  mean,
  meanInterval,
  meanTail,
  seedsNeeded,
  signFlipP,
  standardDeviation,
} from '../stats/index.ts';

/** *pass*: all of the interval lies within the margin; *fail*: beyond; *inconclusive*: neither; *incomparable*: no numbers. */
export type CheckOutcome = 'pass' | 'fail' | 'inconclusive' | 'incomparable';

/** One metric of one arm against its baseline. */
export interface Check {
  metric: string;
  arm: string;
  outcome: CheckOutcome;
  /** In a few words; null for a pass or a fail. */
  because: string | null;
  /** Numbers are null where nothing can be compared. */
  baseline: number | null;
  present: number | null;
  /** Mean over seeds in the metric's own unit; positive is worse. */
  worsening: number | null;
  interval: readonly [low: number, high: number] | null;
  margin: number | null;
  /** Of the interval. */
  level: number;
  /** One-sided, of "worse by no more than the margin"; adjusted for the number of checks (Holm). */
  p: number | null;
  adjustedP: number | null;
  /** Two-sided sign-flip p of "no change". */
  permutationP: number | null;
  seeds: readonly number[];
  /** Seeds that would probably decide it; null if decided or unknown. */
  seedsNeeded: number | null;
}

export interface Pairs {
  metric: string;
  arm: string;
  direction: 'lower' | 'higher';
  seeds: readonly number[];
  baseline: readonly Figure[];
  present: readonly Figure[];
  /** δ in the metric's own unit. */
  margin: number;
  level: number;
}

/** As if it were the only check: `adjustForAll` takes back what does not stand beside the others. */
export function judgePairs(pairs: Pairs): Check {
  const { metric, arm, margin, level, seeds } = pairs;
  const before = pairs.baseline.map(boundOf);
  const now = pairs.present.map(boundOf);
  const effects = now.map((value, i) => (value - (before[i] as number)) * (pairs.direction === 'lower' ? 1 : -1));
  const interval = meanInterval(effects, level);
  const worsening = mean(effects);
  const bounds = outcomeOf(interval, margin);
  const barred = bounds === 'inconclusive' ? null : censoring(pairs, bounds);
  const outcome = barred ? 'inconclusive' : bounds;
  const distance = Math.abs(worsening - margin);
  return {
    metric,
    arm,
    outcome,
    because: barred ?? (outcome === 'inconclusive' ? 'the interval reaches over the margin' : null),
    baseline: mean(before),
    present: mean(now),
    worsening,
    interval,
    margin,
    level,
    p: meanTail(effects, margin),
    adjustedP: null,
    permutationP: signFlipP(effects),
    seeds,
    seedsNeeded: bounds === 'inconclusive' ? seedsNeeded(distance, standardDeviation(effects), level) : null,
  };
}

/** PASS if U ≤ δ, FAIL if L > δ. */
export function outcomeOf(interval: readonly [number, number] | null, margin: number): CheckOutcome {
  if (interval === null) return 'inconclusive';
  if (interval[1] <= margin) return 'pass';
  return interval[0] > margin ? 'fail' : 'inconclusive';
}

/** A censored figure stands for any larger one: the bound may then understate what would change the outcome. */
function censoring({ baseline, present, direction }: Pairs, outcome: CheckOutcome): string | null {
  const [worse, better] = direction === 'lower' ? [present, baseline] : [baseline, present];
  const hidden = (outcome === 'pass' ? worse : better).filter(isCensored).length;
  if (hidden === 0) return null;
  return `${hidden} seeds never reached it in their steps: how much ${outcome === 'pass' ? 'worse' : 'better'} they are is unknown`;
}

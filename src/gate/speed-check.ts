/** One benchmark: how much slower it is than the base, and what follows. docs/gate.md has the rules. */
import {
  hodgesLehmann,
  median,
  seedsNeeded,
  signedRankInterval,
  signedRankTail,
  signFlipP,
  standardDeviation,
} from '../stats/index.ts';
import { type Check, outcomeOf } from './check.ts';

interface TimedPairs {
  suite: string;
  benchmark: string;
  /** Milliseconds of each round. */
  base: readonly number[];
  head: readonly number[];
  /** Share of the base's time. */
  margin: number;
  level: number;
}

/**
 * The centre of log(head / base) over the rounds (Hodges & Lehmann 1963), its exact signed-rank interval against
 * log(1 + margin). Printed in milliseconds of the base, as the other figures of a gate are in their own unit.
 */
export function judgeTimes({ suite, benchmark, base, head, margin, level }: TimedPairs): Check {
  const logs = head.map((ms, i) => Math.log(ms / (base[i] as number)));
  const bound = Math.log1p(margin);
  const interval = signedRankInterval(logs, level);
  const outcome = outcomeOf(interval, bound);
  const centre = hodgesLehmann(logs);
  const baseMs = median(base);
  const inMs = (log: number): number => baseMs * Math.expm1(log);
  return {
    metric: benchmark,
    arm: suite,
    outcome,
    because: outcome === 'inconclusive' ? undecided(logs, centre - bound, level) : null,
    baseline: baseMs,
    present: baseMs + inMs(centre),
    worsening: inMs(centre),
    interval: interval && [inMs(interval[0]), inMs(interval[1])],
    margin: baseMs * margin,
    level,
    p: signedRankTail(logs, bound),
    adjustedP: null,
    permutationP: signFlipP(logs),
    seeds: logs.map((_, i) => i + 1),
    seedsNeeded: null,
  };
}

function undecided(logs: readonly number[], distance: number, level: number): string {
  const rounds = seedsNeeded(Math.abs(distance), standardDeviation(logs), level);
  return `the interval reaches over the margin${rounds === null ? '' : `; about ${rounds} rounds would decide it`}`;
}

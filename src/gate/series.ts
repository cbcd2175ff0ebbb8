/** What past gates found of one metric, commit after commit, and where its level changed. */
import { changePenalty, changePoints, mean, median, neighbourNoise, studentCritical } from '../stats/index.ts';
import type { PastCheck, PastGate } from './history.ts';

/** One commit may be a change by itself: it may have been taken back by the next. */
const MINIMUM_SEGMENT = 1;

export interface SeriesPoint {
  commit: string | null;
  dirty: boolean;
  decidedAt: string;
  outcome: PastCheck['outcome'];
  /** Mean over the seeds, in the metric's unit. */
  value: number;
  /** Mean of the points between the changes on either side. */
  level: number;
  seeds: number;
  /** Against the baseline of that time; positive is worse. */
  worsening: number | null;
  interval: readonly [low: number, high: number] | null;
  margin: number | null;
}

interface LevelChange {
  /** Index of the first point at the new level. */
  at: number;
  from: number;
  to: number;
}

export interface GateSeries {
  experiment: string;
  tier: string;
  arm: string;
  metric: string;
  points: SeriesPoint[];
  /** Standard deviation of a point by chance, in the metric's unit. */
  noise: number;
  /** What a change must win in squared residuals. */
  penalty: number;
  changes: LevelChange[];
}

/** A series for each experiment, tier and arm that was gated on the metric; figures that were incomparable are left out. */
export function gateSeries(gates: readonly PastGate[], metric: string): GateSeries[] {
  const found = new Map<string, Entry[]>();
  for (const gate of gates) {
    for (const check of gate.checks) {
      if (check.metric !== metric || check.present === null) continue;
      const key = [gate.experiment, gate.tier, check.arm].join('\n');
      found.set(key, [...(found.get(key) ?? []), { gate, check, value: check.present }]);
    }
  }
  return [...found.values()].map(lastOfEachCommit).map(entries => seriesOf(entries, metric));
}

interface Entry {
  gate: PastGate;
  check: PastCheck;
  value: number;
}

/** Repeated gates of one commit say the same thing once more: the last one counts. Uncommitted states are all their own. */
function lastOfEachCommit(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ gate }, i) => {
    const next = entries[i + 1]?.gate;
    return !next || gate.commit === null || gate.dirty || next.dirty || gate.commit !== next.commit;
  });
}

function seriesOf(entries: readonly Entry[], metric: string): GateSeries {
  const [first] = entries as [Entry];
  const values = entries.map(({ value }) => value);
  const noise = noiseOf(entries);
  const penalty = changePenalty(noise, values.length);
  const starts = changePoints(values, { penalty, minimumSegment: MINIMUM_SEGMENT });
  const levels = levelsOf(values, starts);
  return {
    experiment: first.gate.experiment,
    tier: first.gate.tier,
    arm: first.check.arm,
    metric,
    points: entries.map((entry, i) => pointOf(entry, levels[i] as number)),
    noise,
    penalty,
    changes: starts.map(at => ({ at, from: levels[at - 1] as number, to: levels[at] as number })),
  };
}

/**
 * Code that gives the same bits gives equal figures, so neighbours alone would say that there is no noise; the intervals
 * say what seeds make of a mean. The larger of both.
 */
function noiseOf(entries: readonly Entry[]): number {
  const errors = entries.flatMap(({ check: { interval, level, seeds } }) =>
    interval ? [(interval[1] - interval[0]) / 2 / studentCritical(level, seeds.length - 1)] : [],
  );
  const positive = errors.filter(error => error > 0);
  return Math.max(
    entries.length > 1 ? neighbourNoise(entries.map(({ value }) => value)) : 0,
    positive.length > 0 ? median(positive) : 0,
  );
}

function pointOf({ gate, check, value }: Entry, level: number): SeriesPoint {
  const { commit, dirty, decidedAt } = gate;
  const { outcome, worsening, interval, margin, seeds } = check;
  return { commit, dirty, decidedAt, outcome, value, level, seeds: seeds.length, worsening, interval, margin };
}

function levelsOf(values: readonly number[], starts: readonly number[]): number[] {
  const edges = [0, ...starts, values.length];
  return edges.slice(1).flatMap((end, i) => {
    const segment = values.slice(edges[i], end);
    const level = mean(segment);
    return segment.map(() => level);
  });
}

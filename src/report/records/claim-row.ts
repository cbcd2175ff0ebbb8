/** What `bench claims` says of each experiment: from its file, and from its record if there is one. */
import type { CountedClaim } from '../../core/counted-claim.ts';
import type { Claim, Conjunction, CountedExperiment, Experiment } from '../../core/experiment.ts';
import { formatEffect, formatInterval, inUnit } from '../../stats/index.ts';
import type { ExperimentRecord } from './record.ts';
import { recordPath } from './record-file.ts';

export type RowVerdict = ExperimentRecord['verdict'] | 'not run';

/** One claim. */
export interface ClaimEffect {
  name: string;
  kind: string;
  statement: string;
  verdict: RowVerdict;
  unit: string;
  /** In the metric's own unit; of counts ours. Null: not run, or unknown. */
  value: number | null;
  interval: readonly [number, number] | null;
  /** Null for counts. */
  margin: number | null;
  published: string;
}

export interface ClaimRow {
  id: string;
  title: string;
  kind: string;
  verdict: RowVerdict;
  /** The experiment's own claim first. */
  effects: readonly ClaimEffect[];
  /** Of its own claim, as in `effects`. */
  effect: number | null;
  interval: readonly [number, number] | null;
  margin: number | null;
  published: string;
  seeds: number;
  tier: string | null;
  /** Of all executions, one cell after the other. */
  costSeconds: number | null;
  /** The day of the last run, as 2026-11-24. */
  ran: string | null;
  record: string | null;
  /** SHA-256 of the spec that was run. */
  spec: string | null;
}

export function claimRow(spec: Experiment | CountedExperiment, record: ExperimentRecord | null): ClaimRow {
  const effects = record === null ? plannedEffects(spec) : recordedEffects(record);
  const [own] = effects as [ClaimEffect];
  const { measured } = record ?? {};
  return {
    id: spec.id,
    title: spec.title,
    kind: own.kind,
    verdict: record?.verdict ?? 'not run',
    effects,
    effect: own.value,
    interval: own.interval,
    margin: own.margin,
    published: own.published,
    seeds: measured?.seeds.length ?? 0,
    tier: measured?.tier ?? null,
    costSeconds: measured?.costSeconds ?? null,
    ran: measured?.ran.to ?? record?.recorded ?? null,
    record: record && recordPath(spec.id),
    spec: measured?.spec ?? null,
  };
}

/** "0.154 nats", or of a count "1.583 G multiply-adds"; a dash without one. */
export function valueText({ value, unit, interval, kind }: ClaimEffect): string {
  if (value === null) return '–';
  if (kind === 'counted') return `${Number(inUnit(value, unit).toPrecision(4))} ${unit}`;
  return `${formatEffect(value, unit, interval)}${interval ? ` (${formatInterval(interval, unit)})` : ''}`;
}

function plannedEffects(spec: Experiment | CountedExperiment): ClaimEffect[] {
  const claims = 'claims' in spec ? spec.claims : [];
  const conjunction = 'claims' in spec && spec.conjunction ? [plannedConjunction(spec.conjunction, claims)] : [];
  return [...conjunction, ...claims.map(plannedClaim), ...(spec.counts ?? []).map(plannedCount)];
}

const NOT_RUN = { verdict: 'not run', value: null, interval: null } as const;

const plannedClaim = ({ id, kind, statement, unit, margin, published }: Claim): ClaimEffect => ({
  name: id,
  kind,
  statement,
  ...NOT_RUN,
  unit,
  margin,
  published,
});

const plannedConjunction = ({ id, statement, published }: Conjunction, [first]: readonly Claim[]): ClaimEffect => ({
  ...plannedClaim({ ...(first as Claim), id, statement, published }),
  kind: 'conjunction',
  margin: null,
});

const COUNTED = { kind: 'counted', interval: null, margin: null } as const;

const plannedCount = ({ id, statement, unit, published }: CountedClaim): ClaimEffect => ({
  name: id,
  statement,
  unit,
  published,
  ...NOT_RUN,
  ...COUNTED,
});

function recordedEffects({ claims, counts }: ExperimentRecord): ClaimEffect[] {
  const measured = claims.map(
    ({ id, effect, kind, statement, verdict, unit, interval, margin, published }): ClaimEffect => {
      return { name: id, kind, statement, verdict, unit, value: effect, interval, margin, published };
    },
  );
  const counted = counts.map(({ id, ours, ...told }): ClaimEffect => ({ name: id, ...told, value: ours, ...COUNTED }));
  return [...measured, ...counted];
}

/** Verdicts as a record holds them. Numbers that are not finite are null. */
import type { Conjunction } from '../../core/experiment.ts';
import type { ClaimVerdict, CountVerdict } from '../../core/results.ts';
import type { RecordedClaim, RecordedCount } from './record.ts';

export function freezeClaim(verdict: ClaimVerdict, conjunction: Conjunction | undefined): RecordedClaim {
  const { claim, kind, outcome, chosen } = verdict;
  return {
    id: claim.id,
    kind,
    statement: claim.statement,
    metric: claim.metric,
    unit: claim.unit,
    contrast: claim.contrast,
    ...(kind === 'conjunction' && conjunction && { parts: [...conjunction.parts] }),
    margin: claim.margin,
    published: claim.published,
    verdict: outcome,
    because: verdict.because,
    effect: finite(verdict.effect),
    interval: plainInterval(verdict.interval),
    level: verdict.level,
    permutationP: verdict.permutationP,
    seedsNeeded: verdict.seedsNeeded,
    seeds: [...verdict.seeds],
    effects: [...verdict.effects],
    ...(chosen && { chosen: { arms: chosen.arms, atLevel: chosen.atLevel.map(frozenLevel) } }),
  };
}

export const freezeCount = ({ claim, outcome, ours }: CountVerdict): RecordedCount => ({
  id: claim.id,
  statement: claim.statement,
  unit: claim.unit,
  verdict: outcome,
  ours,
  published: claim.published,
});

type Chosen = NonNullable<RecordedClaim['chosen']>;

const frozenLevel = ({
  level,
  outcome,
  effect,
  interval,
}: NonNullable<ClaimVerdict['chosen']>['atLevel'][number]): Chosen['atLevel'][number] => ({
  level,
  verdict: outcome,
  effect: finite(effect),
  interval: plainInterval(interval),
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const plainInterval = (interval: readonly [number, number] | null): [number, number] | null =>
  interval?.every(Number.isFinite) ? [interval[0], interval[1]] : null;

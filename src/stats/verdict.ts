/** From the final figures of the runs to the verdict of a claim. The rules stand in docs/statistics.md. */
import { UserError } from '../core/errors.ts';
import type { Claim } from '../core/experiment.ts';
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { digitsFor, formatEffect, formatInterval, inUnit } from './format.ts';
import { type Interval, meanInterval } from './interval.ts';
import { FEWEST_SEEDS, seedsNeeded } from './seeds-needed.ts';
import { signFlipP } from './sign-flip.ts';
import { mean, standardDeviation } from './summary.ts';

const LEVEL = 0.95;

/** Arm → seed → final figure. */
export type ValuesByArm = ReadonlyMap<string, ReadonlyMap<number, number>>;

export interface JudgeOptions {
  /** False: the tier is too short to decide anything. */
  decides: boolean;
  plannedSeeds: readonly number[];
  level?: number;
}

export function judgeClaim(claim: Claim, values: ValuesByArm, options: JudgeOptions): ClaimVerdict {
  const { decides, plannedSeeds, level = LEVEL } = options;
  const complete = plannedSeeds.flatMap(seed => {
    const effect = effectOf(claim, values, seed);
    return Number.isFinite(effect) ? [{ seed, effect }] : [];
  });
  const effects = complete.map(pair => pair.effect);
  const interval = meanInterval(effects, level);
  const obstacle = obstacleTo(decides, complete.length, plannedSeeds.length);
  const outcome = obstacle === null && interval ? decide(claim, interval) : 'inconclusive';
  const because = outcome === 'inconclusive' ? (obstacle ?? 'the interval reaches over the margin') : null;
  const verdict = {
    claim,
    kind: claim.kind,
    outcome,
    because,
    seeds: complete.map(pair => pair.seed),
    effects,
    effect: mean(effects),
    interval,
    level,
    permutationP: signFlipP(effects),
    seedsNeeded: outcome === 'inconclusive' && decides ? neededFor(claim, effects, level) : null,
  };
  return { ...verdict, sentence: sentenceOf(verdict) };
}

/** Throws unless the claim speaks of arms that there are, and compares like with like. */
export function validateClaim(claim: Claim, arms: readonly string[], where: string): void {
  const at = `${where}: claim ${claim.id}: field contrast`;
  const weights = Object.entries(claim.contrast);
  const unknown = weights.find(([arm]) => !arms.includes(arm));
  if (unknown) throw new UserError(`${at}: expected arms among ${arms.join(', ')}, got "${unknown[0]}".`);
  if (weights.length < 2) throw new UserError(`${at}: expected at least two arms to compare, got ${weights.length}.`);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  if (Math.abs(total) > 1e-9)
    throw new UserError(`${at}: expected weights that sum to 0, got ${total}: equal arms must give no effect.`);
}

/** NaN unless every arm of the contrast has a figure of this seed. */
function effectOf({ contrast }: Claim, values: ValuesByArm, seed: number): number {
  return Object.entries(contrast).reduce(
    (sum, [arm, weight]) => sum + weight * (values.get(arm)?.get(seed) ?? Number.NaN),
    0,
  );
}

/** Why there can be no decision, whatever the numbers are. Looks are planned: a part of the seeds decides nothing. */
function obstacleTo(decides: boolean, complete: number, planned: number): string | null {
  if (!decides) return 'by design: this tier is too short to decide';
  if (complete < planned) return `only ${complete} of ${planned} seeds have a figure in every arm`;
  if (planned < FEWEST_SEEDS) return `${planned} ${planned === 1 ? 'seed decides' : 'seeds decide'} nothing`;
  return null;
}

function decide({ kind, margin }: Claim, [low, high]: Interval): Outcome {
  if (kind === 'equivalence') {
    if (low >= -margin && high <= margin) return 'confirmed';
    return high < -margin || low > margin ? 'refuted' : 'inconclusive';
  }
  if (low > margin) return 'confirmed';
  return high < margin ? 'refuted' : 'inconclusive';
}

/** Seeds for the interval to come free of the bounds that it now reaches over, on the side where the effect lies. */
function neededFor({ kind, margin }: Claim, effects: readonly number[], level: number): number | null {
  if (effects.length < 2) return null;
  const effect = mean(effects);
  const bounds = kind === 'equivalence' ? [-margin, margin] : [margin];
  const distance = Math.min(...bounds.map(bound => Math.abs(effect - bound)));
  return seedsNeeded(distance, standardDeviation(effects), level);
}

const WORDS: Record<Outcome, string> = { confirmed: 'Confirmed', refuted: 'Refuted', inconclusive: 'Inconclusive' };

function sentenceOf({
  claim,
  outcome,
  because,
  effect,
  interval,
  level,
  seeds,
  seedsNeeded,
}: Omit<ClaimVerdict, 'sentence'>): string {
  const reason = because === null ? '' : ` (${because})`;
  const hint = seedsNeeded !== null && seedsNeeded > seeds.length ? ` About ${seedsNeeded} seeds would decide it.` : '';
  return `${WORDS[outcome]}${reason}: ${claim.statement}.${figures()}${hint}`;

  function figures(): string {
    if (seeds.length === 0) return '';
    const digits = interval ? digitsFor(inUnit(interval[1] - interval[0], claim.unit)) : undefined;
    const parts = [
      `Effect ${formatEffect(effect, claim.unit, digits)}`,
      ...(interval ? [`${Math.round(100 * level)} % interval ${formatInterval(interval, claim.unit)}`] : []),
      `margin ${formatEffect(claim.margin, claim.unit)}`,
      seeds.length === 1 ? '1 seed' : `${seeds.length} seeds`,
    ];
    return ` ${parts.join(', ')}.`;
  }
}

/** From the final figures of the runs to the verdict of a claim. The rules stand in docs/statistics.md. */
import type { Claim } from '../core/experiment.ts';
import { isOfTheMachine } from '../core/machine-type.ts';
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { censoring, type Weighed } from './censoring.ts';
import { distanceToBound } from './distance-to-bound.ts';
import { boundOf, type Figure } from './figure.ts';
import { type Interval, meanInterval } from './interval.ts';
import { FEWEST_SEEDS, seedsNeeded } from './seeds-needed.ts';
import { seedsText, sentenceOf } from './sentence.ts';
import { signFlipP } from './sign-flip.ts';
import { mean, standardDeviation } from './summary.ts';
import { parseTerm } from './term.ts';

const LEVEL = 0.95;

/** Arm, or any other term of the claim's contrast → seed → final figure. */
export type ValuesByArm = ReadonlyMap<string, ReadonlyMap<number, Figure>>;

export interface JudgeOptions {
  /** False: the tier is too short to decide anything. */
  decides: boolean;
  plannedSeeds: readonly number[];
  level?: number;
  /** Seeds whose runs had machines of several types: they are named, and of a speed they are no pairs. */
  mixed?: readonly number[];
}

/** The claim is one that `validateClaim` let pass. */
export function judgeClaim(claim: Claim, values: ValuesByArm, options: JudgeOptions): ClaimVerdict {
  const { decides, plannedSeeds, level = LEVEL } = options;
  const gaps = gapsOf(claim, values, plannedSeeds);
  const complete = plannedSeeds.filter(seed => !gaps.some(gap => gap.seed === seed));
  const mixed = complete.filter(seed => options.mixed?.includes(seed));
  const unlike = isAboutSpeed(claim) ? mixed : [];
  const seeds = complete.filter(seed => !unlike.includes(seed));
  const effects = seeds.map(seed => effectOf(claim, values, seed));
  const interval = meanInterval(effects, level);
  const obstacle = obstacleTo(options, gaps, complete.length) ?? unlikeMachines(unlike);
  const seen = obstacle === null && interval ? decide(claim, interval) : 'inconclusive';
  const weighed = seeds.flatMap(seed => weighedOf(claim, values, seed));
  const hidden = censoring(weighed, seen, mean(effects), claim.kind === 'equivalence');
  const outcome = hidden === null ? seen : 'inconclusive';
  const because = outcome === 'inconclusive' ? (obstacle ?? hidden ?? 'the interval reaches over the margin') : null;
  const needed = seen === 'inconclusive' && decides ? neededFor(claim, effects, level) : null;
  const verdict = {
    claim,
    kind: claim.kind,
    outcome,
    because,
    seeds,
    effects,
    effect: mean(effects),
    interval,
    level,
    permutationP: signFlipP(effects),
    // Where the planned seeds would do, what it needs is that they finish.
    seedsNeeded: needed !== null && needed > plannedSeeds.length ? needed : null,
    ...(mixed.length > 0 && { mixed }),
  };
  return { ...verdict, sentence: sentenceOf(verdict) };
}

const isAboutSpeed = ({ contrast, metric }: Claim): boolean =>
  Object.keys(contrast).some(text => isOfTheMachine(parseTerm(text, metric).metric));

const unlikeMachines = (seeds: readonly number[]): string | null =>
  seeds.length === 0
    ? null
    : `${seedsText(seeds)} had machines of several types, and speed is compared within one type`;

/** A planned cell without a finite figure: `figure` is undefined if there is none, else NaN or infinite. */
interface Gap {
  arm: string;
  seed: number;
  figure: number | undefined;
}

function gapsOf({ contrast }: Claim, values: ValuesByArm, seeds: readonly number[]): Gap[] {
  const cells = seeds.flatMap(seed => Object.keys(contrast).map(arm => ({ arm, seed })));
  return cells
    .map(({ arm, seed }) => ({ arm, seed, figure: boundIn(values, arm, seed) }))
    .filter(({ figure }) => !Number.isFinite(figure));
}

function boundIn(values: ValuesByArm, arm: string, seed: number): number | undefined {
  const figure = values.get(arm)?.get(seed);
  return figure === undefined ? undefined : boundOf(figure);
}

function effectOf(claim: Claim, values: ValuesByArm, seed: number): number {
  return weighedOf(claim, values, seed).reduce((sum, { weight, figure }) => sum + weight * boundOf(figure), 0);
}

function weighedOf({ contrast }: Claim, values: ValuesByArm, seed: number): Weighed[] {
  return Object.entries(contrast).map(([arm, weight]) => ({ weight, figure: values.get(arm)?.get(seed) as Figure }));
}

/** Why there can be no decision, whatever the numbers are. Looks are planned: a part of the seeds decides nothing. */
function obstacleTo({ decides, plannedSeeds }: JudgeOptions, gaps: readonly Gap[], complete: number): string | null {
  const planned = plannedSeeds.length;
  if (!decides) return 'by design: this tier is too short to decide';
  if (complete < planned)
    return `only ${complete} of ${planned} seeds have a figure in every arm: ${describeGaps(gaps)}`;
  if (planned < FEWEST_SEEDS) return `${planned} ${planned === 1 ? 'seed decides' : 'seeds decide'} nothing`;
  return null;
}

/** "seed 3 of plain-34 has none", "seed 3 of plain-34 has NaN, and 4 more": which arm fails must not stay hidden. */
function describeGaps([first, ...more]: readonly Gap[]): string {
  if (!first) return '';
  return `seed ${first.seed} of ${first.arm} has ${first.figure ?? 'none'}${more.length > 0 ? `, and ${more.length} more` : ''}`;
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
const neededFor = (claim: Claim, effects: readonly number[], level: number): number | null =>
  seedsNeeded(distanceToBound(claim, mean(effects)), standardDeviation(effects), level);

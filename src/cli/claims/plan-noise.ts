/** The spread of a claim's effect over seeds, and what a seed of its arms takes, from runs that were made. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Claim, Experiment, TierName } from '../../core/experiment.ts';
import { pick } from '../../core/registry.ts';
import type { RunSummary } from '../../core/results.ts';
import { figuresOfRuns } from '../../report/claim-figures.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import { FEWEST_SEEDS, judgeExperiment, mean, parseTerm, standardDeviation } from '../../stats/index.ts';
import { latestRuns, listRuns } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';

export interface PlannedNoise {
  /** Of one seed's effect. */
  deviation: number;
  /** From how many; null if it was given. */
  seeds: number | null;
  source: string | null;
  /** All arms of the claim, one after the other; null if unknown. */
  msPerSeed: number | null;
}

export async function noiseOfExperiment(
  id: string,
  { claim: asked, tier }: { claim?: string | undefined; tier?: TierName | undefined },
): Promise<PlannedNoise> {
  const experiment = await loadExperiment(id);
  const { claims } = experiment;
  const byId = new Map(claims.map(claim => [claim.id, claim]));
  const claim = asked === undefined ? (claims[0] as Claim) : pick(`claim of ${id}`, asked, byId);
  const noise = (store: Store) => noiseOfClaim(store, experiment, claim, runsOf(store, id, tier));
  return withRecordedStore(noise, tooFew(id, claim, 0));
}

function noiseOfClaim(store: Store, experiment: Experiment, claim: Claim, runs: readonly RunSummary[]): PlannedNoise {
  const { id, choice } = experiment;
  const plannedSeeds = [...new Set(runs.map(run => run.seed))];
  const asked = { factors: experiment.factors, claims: [claim], ...(choice && { choice }) };
  const [verdict] = judgeExperiment(asked, figuresOfRuns(store, runs), { decides: false, plannedSeeds });
  const effects = verdict?.effects ?? [];
  if (effects.length < FEWEST_SEEDS) throw new UserError(tooFew(id, claim, effects.length), { exitCode: EXIT.noData });
  const named = Object.keys(claim.contrast).flatMap(term => parseTerm(term, claim.metric).arms);
  const arms = choice ? runs.map(run => run.arm) : named;
  return {
    deviation: standardDeviation(effects),
    seeds: effects.length,
    source: `${id}, claim ${claim.id}, ${runs[0]?.tier}`,
    msPerSeed: msPerSeed(runs, [...new Set(arms)]),
  };
}

/** Of the tier that was run last, if none is asked for. */
function runsOf(store: Store, id: string, tier: TierName | undefined): RunSummary[] {
  const [newest] = listRuns(store, { experiment: id, limit: 1 });
  return newest ? latestRuns(store, id, tier ?? newest.tier) : [];
}

function msPerSeed(runs: readonly RunSummary[], arms: readonly string[]): number | null {
  const ofArm = (arm: string): number =>
    mean(
      runs.flatMap(run =>
        run.arm === arm && run.state === 'finished' && run.startedAt !== null && run.endedAt !== null
          ? [run.endedAt - run.startedAt]
          : [],
      ),
    );
  const total = arms.reduce((sum, arm) => sum + ofArm(arm), 0);
  return Number.isFinite(total) ? total : null;
}

const tooFew = (id: string, claim: Claim, seeds: number): string =>
  `plan: from:${id}: expected finished runs of at least ${FEWEST_SEEDS} seeds for claim ${claim.id}, got ${seeds}. Run "npx bench run ${id} --seeds ${FEWEST_SEEDS}" first, or give --noise a number.`;

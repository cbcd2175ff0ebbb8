import type { Experiment, TierName } from '../core/experiment.ts';
import type { ClaimVerdict, Curve, ExperimentResults, RunSummary } from '../core/results.ts';
import { judgeClaim } from '../stats/index.ts';
import { curves, provenanceDifferences, provenanceOf, valuesByArm } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

/** What was planned: the part of a plan that results are read against. */
export interface ResultsRequest {
  experiment: Experiment;
  tier: TierName;
  specHash: string;
  /** False: the tier is too short to decide anything. */
  decides: boolean;
  arms: readonly string[];
  seeds: readonly number[];
  /** The run that counts for each cell. */
  runs: readonly RunSummary[];
}

/** Reads all that a verdict and a report need. */
export function gatherResults(store: Store, request: ResultsRequest): ExperimentResults {
  const { experiment, tier, specHash, arms, seeds, runs } = request;
  const finished = runs.filter(run => run.state === 'finished');
  const provenances = provenanceOf(
    store,
    finished.map(run => run.id),
  );
  return {
    experiment,
    tier,
    specHash,
    arms,
    seeds,
    runs,
    curves: curvesOf(store, runs),
    verdicts: judge(request),
    provenance: [...provenances.values()][0] ?? null,
    differences: provenanceDifferences(provenances.values()),
  };
}

/** The verdicts alone: no curve is read. */
export function judge({ experiment, decides, seeds, runs }: ResultsRequest): ClaimVerdict[] {
  return experiment.claims.map(claim =>
    judgeClaim(claim, valuesByArm(runs, claim.metric), { decides, plannedSeeds: seeds }),
  );
}

/** Under the names of the plan, which may differ from those that the run was made under. */
function curvesOf(store: Store, runs: readonly RunSummary[]): Curve[] {
  return runs.flatMap(({ id, arm, seed }) => curves(store, { runs: [id] }).map(curve => ({ ...curve, arm, seed })));
}

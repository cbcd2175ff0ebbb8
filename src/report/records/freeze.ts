/** From the store to a record. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Experiment } from '../../core/experiment.ts';
import { canonicalJson } from '../../core/ids.ts';
import type { ClaimVerdict, CountVerdict } from '../../core/results.ts';
import { lastSpec, lastVerdicts } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { figuresOfRuns } from '../claim-figures.ts';
import { judge } from '../results.ts';
import { dayOf } from './day.ts';
import { freezeClaim, freezeCount } from './freeze-claim.ts';
import { freezeFigures } from './freeze-figures.ts';
import { freezeMeasured } from './freeze-measured.ts';
import type { ExperimentRecord } from './record.ts';
import { runsOfSpec, type SpecCells } from './runs-of-spec.ts';

/** An experiment as its file now says, at a tier. */
export interface FreezeRequest extends Omit<SpecCells, 'experiment'> {
  experiment: Experiment;
  decides: boolean;
  counts: readonly CountVerdict[];
}

/** Throws one line unless the runs of the spec have ended and give the verdicts that were drawn from them. */
export function freezeRecord(store: Store, request: FreezeRequest, now = new Date()): ExperimentRecord {
  const { experiment, counts } = request;
  const cells = { ...request, experiment: experiment.id, specHash: specThatWasRun(store, request) };
  const runs = runsOfSpec(store, cells);
  const figures = figuresOfRuns(store, runs);
  const { decides, seeds: plannedSeeds } = request;
  const verdicts = judge(store, { experiment, decides, seeds: plannedSeeds, runs });
  requireSame(verdicts, lastVerdicts(store, cells), experiment.id);
  const [own] = verdicts as [ClaimVerdict];
  return {
    experiment: experiment.id,
    kind: own.kind,
    verdict: own.outcome,
    recorded: dayOf(now),
    claims: verdicts.map(verdict => freezeClaim(verdict, experiment.conjunction)),
    counts: counts.map(freezeCount),
    history: [...experiment.history],
    measured: {
      ...freezeMeasured(store, runs, { ...cells, decides }),
      ...freezeFigures(experiment, figures, plannedSeeds),
    },
  };
}

/** A record of counts alone. */
export function freezeCounts(
  id: string,
  counts: readonly CountVerdict[],
  history: readonly string[],
  now = new Date(),
): ExperimentRecord {
  const refuted = counts.some(({ outcome }) => outcome === 'refuted');
  return {
    experiment: id,
    kind: 'counted',
    verdict: refuted ? 'refuted' : 'confirmed',
    recorded: dayOf(now),
    claims: [],
    counts: counts.map(freezeCount),
    history: [...history],
  };
}

/** The present spec if it has verdicts, else the one that was judged last, if its claims are the present ones. */
function specThatWasRun(store: Store, { experiment, tier, specHash }: FreezeRequest): string {
  const scope = { experiment: experiment.id, tier };
  if (lastVerdicts(store, { ...scope, specHash }).length > 0) return specHash;
  const last = lastSpec(store, experiment.id, tier);
  if (last === null) throw noVerdict(experiment.id, tier);
  const judged = lastVerdicts(store, { ...scope, specHash: last }).map(({ claim }) => claim);
  if (experiment.claims.every(claim => judged.some(one => canonicalJson(one) === canonicalJson(claim)))) return last;
  throw new UserError(
    `${experiment.id}: its claims are not those that were judged at tier ${tier}. "npx bench run ${experiment.id} --tier ${tier}" judges the present ones.`,
    { exitCode: EXIT.noData },
  );
}

const noVerdict = (id: string, tier: string): UserError =>
  new UserError(`${id}: no verdict was drawn at tier ${tier}. "npx bench run ${id} --tier ${tier}" draws it.`, {
    exitCode: EXIT.noData,
  });

/** What the store holds must be what was judged. */
function requireSame(found: readonly ClaimVerdict[], drawn: readonly ClaimVerdict[], id: string): void {
  const other = found.find(({ claim, effects }) => {
    const before = drawn.find(one => one.claim.id === claim.id);
    return before !== undefined && canonicalJson(before.effects) !== canonicalJson(effects);
  });
  if (other === undefined) return;
  throw new UserError(
    `${id}: the runs give other effects of claim ${other.claim.id} than those of its last verdict. "npx bench run ${id}" judges again.`,
    { exitCode: EXIT.noData },
  );
}

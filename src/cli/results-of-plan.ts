import { EXIT, UserError } from '../core/errors.ts';
import type { TierName } from '../core/experiment.ts';
import type { RunSummary } from '../core/results.ts';
import type { ReportResults } from '../report/costs.ts';
import { gatherResults } from '../report/results.ts';
import { loadExperiment } from '../runner/experiments.ts';
import { type Plan, planExperiment } from '../runner/plan.ts';
import { latestRuns, listRuns, runsOfCells } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import { costsOf } from './chart-costs.ts';

/** Which results of an experiment: as they were asked of `bench run`; by default those of the tier that was run last. */
export interface PlanOptions {
  tier?: TierName;
  seeds?: number;
  set: readonly string[];
}

/** All that a report shows of an experiment's cells. */
export async function reportResults(store: Store, id: string, options: PlanOptions): Promise<ReportResults> {
  const plan = await planExperiment(await loadExperiment(id), {
    tier: options.tier ?? lastTier(store, id),
    settings: options.set,
    ...(options.seeds && { seeds: options.seeds }),
    execution: { threads: 1, device: 'cpu' },
  });
  const results = resultsOfPlan(plan, store);
  if (results.runs.length === 0) process.stderr.write(noneCounts(id));
  return withCosts(results, plan);
}

/** The page is written all the same: it says that every cell is missing. */
const noneCounts = (id: string): string =>
  `bench: ${id}: no run is of the experiment as its file now says. "npx bench compare ${id}" shows those of its earlier form.\n`;

/** What is known of a plan's cells. */
export function resultsOfPlan(plan: Plan, store: Store): ReportResults {
  const { experiment, tier, specHash, tierSpec, seeds } = plan;
  const arms = plan.arms.map(arm => arm.name);
  return gatherResults(store, {
    experiment,
    tier,
    specHash,
    decides: tierSpec.decides,
    arms,
    seeds,
    runs: runsOfPlan(plan, store),
  });
}

export async function withCosts(results: ReportResults, { arms }: Pick<Plan, 'arms'>): Promise<ReportResults> {
  return { ...results, costs: await costsOf(arms) };
}

/** The run of each cell's identity; where there is none, the newest of its arm and seed under this spec (older code). */
function runsOfPlan({ experiment, tier, specHash, cells }: Plan, store: Store): RunSummary[] {
  const exact = runsOfCells(store, cells);
  const similar = latestRuns(store, experiment.id, tier, specHash);
  return cells.flatMap(cell => {
    const run = exact.get(cell.identity) ?? similar.find(one => one.arm === cell.arm && one.seed === cell.seed);
    return run ? [run] : [];
  });
}

function lastTier(store: Store, experiment: string): TierName {
  const [newest] = listRuns(store, { experiment, limit: 1 });
  if (newest) return newest.tier;
  throw new UserError(`${experiment}: no run is recorded. Run "npx bench run ${experiment}" first.`, {
    exitCode: EXIT.noData,
  });
}

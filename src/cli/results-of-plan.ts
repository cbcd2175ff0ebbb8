import type { ExperimentResults, RunSummary } from '../core/results.ts';
import { gatherResults } from '../report/results.ts';
import type { Plan } from '../runner/plan.ts';
import { latestRuns, runsOfCells } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

/** What is known of a plan's cells. */
export function resultsOfPlan(plan: Plan, store: Store): ExperimentResults {
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

/** The run of each cell's identity; where there is none, the newest of its arm and seed under this spec (older code). */
function runsOfPlan({ experiment, tier, specHash, cells }: Plan, store: Store): RunSummary[] {
  const exact = runsOfCells(store, cells);
  const similar = latestRuns(store, experiment.id, tier, specHash);
  return cells.flatMap(cell => {
    const run = exact.get(cell.identity) ?? similar.find(one => one.arm === cell.arm && one.seed === cell.seed);
    return run ? [run] : [];
  });
}

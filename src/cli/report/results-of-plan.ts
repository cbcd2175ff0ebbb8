import { costsOf } from '../../api/arm-costs.ts';
import type { ClaimVerdict } from '../../core/results.ts';
import type { ReportResults } from '../../report/costs.ts';
import { executedText } from '../../report/executed.ts';
import { gatherResults, judge, type ResultsRequest } from '../../report/results.ts';
import type { Plan } from '../../runner/plan.ts';
import type { Store } from '../../tracking/store.ts';
import { otherExecutions, planOfRuns, type ResultOptions, runsOfPlan } from './plan.ts';

/** All that a report shows of an experiment's cells. */
export async function reportResults(store: Store, id: string, options: ResultOptions): Promise<ReportResults> {
  const plan = await planOfRuns(store, id, options);
  const results = resultsOfPlan(plan, store);
  if (results.runs.length === 0) process.stderr.write(noneCounts(id));
  else if (results.otherExecutions?.length) process.stderr.write(oneOfSeveral(id, results));
  return withCosts(results, plan);
}

/** The page is written all the same: it says that every cell is missing. */
const noneCounts = (id: string): string =>
  `bench: ${id}: no run is of the experiment as its file now says. "npx bench compare ${id}" shows those of its earlier form.\n`;

const oneOfSeveral = (id: string, { executed, otherExecutions }: ReportResults): string =>
  `bench: ${id}: shown are its runs with ${executed && executedText(executed)}. There are others, which --threads, --device and --set precision= choose: ${otherExecutions?.join('; ')}.\n`;

/** What is known of a plan's cells. */
export function resultsOfPlan(plan: Plan, store: Store): ReportResults {
  const { arms, cells } = plan;
  const gathered = gatherResults(store, requestOf(plan, store));
  const precision = [...new Set(arms.map(arm => arm.config.precision))].join(', ');
  const execution = cells[0]?.execution;
  return {
    ...gathered,
    ...(execution && { executed: { ...execution, precision } }),
    otherExecutions: otherExecutions(plan, store),
  };
}

/** The verdicts alone. */
export const verdictsOfPlan = (plan: Plan, store: Store): ClaimVerdict[] => judge(store, requestOf(plan, store));

function requestOf(plan: Plan, store: Store): ResultsRequest {
  const { experiment, tier, specHash, tierSpec, seeds, arms } = plan;
  const names = arms.map(arm => arm.name);
  const runs = runsOfPlan(plan, store);
  return { experiment, tier, specHash, decides: tierSpec.decides, arms: names, seeds, runs };
}

export async function withCosts(results: ReportResults, { arms }: Pick<Plan, 'arms'>): Promise<ReportResults> {
  return { ...results, costs: await costsOf(arms) };
}

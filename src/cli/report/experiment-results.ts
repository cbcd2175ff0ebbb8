import type { ReportResults } from '../../report/costs.ts';
import { experimentFiles } from '../../runner/experiments.ts';
import { experimentNames } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { selectionResults } from './compare.ts';
import type { ResultOptions } from './plan.ts';
import { reportResults } from './results-of-plan.ts';

/** Runs that another program tracked have no experiment file: they are shown as a selection is. */
export async function experimentResults(store: Store, id: string, options: ResultOptions): Promise<ReportResults> {
  const isTracked = !experimentFiles().has(id) && experimentNames(store).includes(id);
  return isTracked ? selectionResults(store, [id]) : reportResults(store, id, options);
}

/** The pages that an index leads to. */
import { dirname, join } from 'node:path';
import type { ReportResults } from '../../report/costs.ts';
import { renderReport } from '../../report/index.ts';
import { writeOutput } from '../../report/output.ts';
import { experimentFiles } from '../../runner/experiments.ts';
import { experimentNames } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { selectionResults } from './compare.ts';
import { pageName } from './indexed-experiments.ts';
import { reportResults } from './results-of-plan.ts';
import { withTestSet } from './shown-test-set.ts';

/** Writes the page of every experiment that has runs into the folder of `index`, and returns how many. */
export async function writePages(store: Store, index: string): Promise<number> {
  let written = 0;
  for (const id of experimentNames(store)) {
    const name = pageName(id);
    if (name === null) continue;
    writeOutput(await renderReport(await withTestSet(await resultsOf(store, id))), join(dirname(index), name));
    written++;
  }
  return written;
}

/** Where there is no file of the experiment, or none of its runs is of what it says now: its runs as a selection. */
async function resultsOf(store: Store, id: string): Promise<ReportResults> {
  const planned = experimentFiles().has(id) ? await reportResults(store, id, { set: [] }).catch(() => null) : null;
  return planned !== null && planned.runs.length > 0 ? planned : selectionResults(store, [id]);
}

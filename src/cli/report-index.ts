/** What the index of all reports says of each experiment. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { IndexedExperiment } from '../report/index-page.ts';
import { experimentFiles, loadExperiment } from '../runner/experiments.ts';
import { experimentNames, lastVerdicts, latestRuns, listRuns } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';

/** Experiments that have runs, by name; each as it was run last, with the verdicts of its last sitting. */
export async function indexedExperiments(store: Store, path: string): Promise<IndexedExperiment[]> {
  const files = experimentFiles();
  const found: IndexedExperiment[] = [];
  for (const id of experimentNames(store)) {
    const [newest] = listRuns(store, { experiment: id, limit: 1 });
    if (newest === undefined) continue;
    const { tier, specHash } = newest;
    const cells = latestRuns(store, id, tier, specHash);
    const spec = files.has(id) ? await loadExperiment(id).catch(() => null) : null;
    found.push({
      id,
      title: spec?.title ?? id,
      tier,
      cells: cells.length,
      finished: cells.filter(run => run.state === 'finished').length,
      verdicts: lastVerdicts(store, { experiment: id, tier, specHash }),
      page: pageOf(id, path),
    });
  }
  return found;
}

/** A link only to what is there. */
function pageOf(id: string, index: string): string | null {
  const name = `${id}.html`;
  return basename(name) === name && existsSync(join(dirname(index), name)) ? encodeURIComponent(name) : null;
}

/** What the index of all reports says of each experiment. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RunSummary } from '../../core/results.ts';
import { TRACKED_TIER } from '../../core/tracked-cell.ts';
import type { IndexedExperiment } from '../../report/index-page.ts';
import { experimentFiles, loadExperiment } from '../../runner/experiments.ts';
import { lastVerdicts, listRuns, type VerdictScope, verdictsDrawnAt } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { planOfRuns } from './plan.ts';
import { verdictsOfPlan } from './results-of-plan.ts';

const LONGEST_NAME_BYTES = 255;

/** Experiments that have runs, by name; each as it was run last. */
export async function indexedExperiments(store: Store, path: string): Promise<IndexedExperiment[]> {
  const files = experimentFiles();
  const found: IndexedExperiment[] = [];
  for (const [id, runs] of [...runsByExperiment(store)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { tier, specHash } = runs[0] as RunSummary;
    const own = runs.filter(run => run.tier === tier && run.specHash === specHash);
    const cells = cellStates(own);
    const spec = files.has(id) ? await loadExperiment(id).catch(() => null) : null;
    found.push({
      id,
      title: spec?.title ?? id,
      tier,
      cells: cells.size,
      finished: [...cells.values()].filter(Boolean).length,
      ...(await verdictsNow(store, { experiment: id, tier, specHash }, own)),
      page: pageOf(id, path),
    });
  }
  return found;
}

/**
 * Those of the last sitting, if no run has ended or begun since. Else they are drawn again, which takes the experiment's
 * file: where that is gone or is not any more what the runs are of, the earlier ones stay.
 */
async function verdictsNow(
  store: Store,
  scope: VerdictScope,
  runs: readonly RunSummary[],
): Promise<Pick<IndexedExperiment, 'verdicts' | 'outdated'>> {
  const verdicts = lastVerdicts(store, scope);
  const newest = Math.max(...runs.map(run => run.endedAt ?? run.startedAt ?? 0));
  if (newest <= (verdictsDrawnAt(store, scope) ?? 0)) return { verdicts, outdated: false };
  const { experiment, tier, specHash } = scope;
  const isPlanned = tier !== TRACKED_TIER;
  const plan = isPlanned ? await planOfRuns(store, experiment, { tier, set: [] }).catch(() => null) : null;
  if (plan?.specHash === specHash) return { verdicts: verdictsOfPlan(plan, store), outdated: false };
  return { verdicts, outdated: verdicts.length > 0 };
}

/** In one look at the store, newest first: a look for each of a thousand experiments takes seconds. */
function runsByExperiment(store: Store): Map<string, RunSummary[]> {
  const experiments = new Map<string, RunSummary[]>();
  for (const run of listRuns(store)) {
    const runs = experiments.get(run.experiment);
    if (runs) runs.push(run);
    else experiments.set(run.experiment, [run]);
  }
  return experiments;
}

/** Arm and seed → whether any of its runs finished. */
function cellStates(runs: readonly RunSummary[]): Map<string, boolean> {
  const cells = new Map<string, boolean>();
  for (const { arm, seed, state } of runs) {
    const cell = JSON.stringify([arm, seed]);
    cells.set(cell, (cells.get(cell) ?? false) || state === 'finished');
  }
  return cells;
}

/** A link only to what is there. */
function pageOf(id: string, index: string): string | null {
  const name = pageName(id);
  return name !== null && existsSync(join(dirname(index), name)) ? encodeURIComponent(name) : null;
}

/** Names of experiments need not be names of files. */
export function pageName(id: string): string | null {
  const name = `${id}.html`;
  return basename(name) === name && Buffer.byteLength(name) <= LONGEST_NAME_BYTES ? name : null;
}

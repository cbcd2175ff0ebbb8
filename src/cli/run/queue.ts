/** In which order several experiments are run: by what a minute of each promises. docs/experiments.md says how. */
import { formatDuration } from '../../core/duration.ts';
import type { Experiment } from '../../core/experiment.ts';
import { storePath } from '../../core/places.ts';
import type { ClaimVerdict } from '../../core/results.ts';
import { readRecord } from '../../report/records/record-file.ts';
import { judge } from '../../report/results.ts';
import type { Plan } from '../../runner/plan.ts';
import { promiseOf } from '../../stats/index.ts';
import { runsOfCells } from '../../tracking/queries.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { formatTable } from '../output/table.ts';
import { cellSeconds } from './cell-seconds.ts';
import { defaultWorkers, planRuns, type RunOptions } from './plan-runs.ts';
import { missingCells } from './remaining-cells.ts';

interface Queued {
  id: string;
  /** Cells that have not come to their end. */
  missing: number;
  seconds: number;
  promise: number;
}

/** Those that have the tier. What has nothing to run, or is decided, comes last. */
export async function queueOf(specs: readonly Experiment[], options: RunOptions): Promise<Queued[]> {
  const store = openRecordedStore() ?? openStore(storePath());
  try {
    const queue: Queued[] = [];
    for (const spec of specs.filter(({ tiers }) => tiers[options.tier])) queue.push(await queued(spec, store, options));
    const worth = ({ promise, seconds }: Queued): number => promise / Math.max(1, seconds);
    return queue.sort((a, b) => worth(b) - worth(a) || a.seconds - b.seconds);
  } finally {
    store.close();
  }
}

export function queueTable(queue: readonly Queued[]): string {
  return formatTable(queue, [
    { title: 'experiment', text: row => row.id },
    { title: 'cells to run', align: 'right', text: row => String(row.missing) },
    { title: 'about', align: 'right', text: row => (row.missing === 0 ? '' : formatDuration(1000 * row.seconds)) },
    { title: 'promise', align: 'right', text: row => row.promise.toFixed(2) },
  ]);
}

async function queued(spec: Experiment, store: Store, options: RunOptions): Promise<Queued> {
  const plan = await planRuns(spec, { ...options, withoutData: true });
  const runs = runsOfCells(store, plan.cells);
  const missing = missingCells(plan, runs);
  const secondsOf = await cellSeconds(plan, store);
  const seconds = missing.reduce((sum, cell) => sum + secondsOf(cell), 0) / (options.workers ?? defaultWorkers(plan));
  const promise = missing.length === 0 ? 0 : promiseOfPlan(plan, verdictsOf(plan, store, [...runs.values()]));
  return { id: spec.id, missing: missing.length, seconds, promise };
}

const verdictsOf = (plan: Plan, store: Store, runs: Parameters<typeof judge>[1]['runs']): ClaimVerdict[] =>
  judge(store, { ...plan, decides: plan.tierSpec.decides, runs });

/** That of the least promising claim that the experiment's own verdict rests on; 0 where a record has decided it. */
function promiseOfPlan({ experiment, seeds }: Plan, verdicts: readonly ClaimVerdict[]): number {
  const record = readRecord(experiment.id);
  if (record && record.verdict !== 'inconclusive') return 0;
  const own = experiment.conjunction?.parts ?? [experiment.claims[0]?.id];
  const promises = verdicts.flatMap(({ claim, kind, effects }) =>
    own.includes(claim.id) && kind !== 'conjunction' ? [promiseOf(claim, effects, seeds.length)] : [],
  );
  return Math.min(...promises);
}

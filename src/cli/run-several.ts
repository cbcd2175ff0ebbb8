/** `bench run all` and `bench run TAG`: experiment after experiment, those first that promise most a minute. */
import { availableParallelism } from 'node:os';
import { formatDuration } from '../core/duration.ts';
import { EXIT, UserError } from '../core/errors.ts';
import type { Experiment } from '../core/experiment.ts';
import { storePath } from '../core/places.ts';
import { unknownName } from '../core/registry.ts';
import { readRecord } from '../report/records/record-file.ts';
import { allSpecs, experimentFiles, isTrained } from '../runner/experiments.ts';
import { planExperiment } from '../runner/plan.ts';
import { promiseOf } from '../stats/index.ts';
import { runsOfCells } from '../tracking/queries.ts';
import { openStore, type Store } from '../tracking/store.ts';
import { cellSeconds } from './cell-seconds.ts';
import { openRecordedStore } from './recorded-store.ts';
import { resultsOfPlan } from './results-of-plan.ts';
import { isSettled, type RunOptions, runExperiment } from './run-experiment.ts';
import { formatTable } from './table.ts';

const ALL = 'all';

/** An experiment's name, a tag, or all. */
export async function runCommand(name: string, options: RunOptions): Promise<number> {
  if (experimentFiles().has(name)) return runExperiment(name, options);
  const trained = (await allSpecs()).filter(isTrained);
  const chosen = trained.filter(({ tags }) => name === ALL || tags?.includes(name));
  if (chosen.length > 0) return runSeveral(chosen, options);
  const tags = trained.flatMap(spec => spec.tags ?? []);
  throw unknownName('experiment or tag', name, [ALL, ...new Set(tags), ...experimentFiles().keys()]);
}

/** The worst that happened is the exit code: interrupted, failed, inconclusive, ok. */
async function runSeveral(specs: readonly Experiment[], options: RunOptions): Promise<number> {
  if (options.json) throw new UserError('run: --json: expected one experiment. `bench claims --json` prints them all.');
  const deadlineMs = options.budgetMs === undefined ? undefined : Date.now() + options.budgetMs;
  const queue = await queueOf(specs, options);
  process.stderr.write(queueTable(queue));
  const codes: number[] = [];
  for (const { id, missing } of queue) {
    if (missing === 0) continue;
    const left = deadlineMs === undefined ? {} : { budgetMs: Math.max(0, deadlineMs - Date.now()) };
    const code = await runExperiment(id, { ...options, ...left });
    if (code === EXIT.interrupted) return code;
    codes.push(code);
  }
  return codes.find(code => code === EXIT.failed) ?? codes.find(code => code !== EXIT.ok) ?? EXIT.ok;
}

interface Queued {
  id: string;
  missing: number;
  seconds: number;
  promise: number;
}

/** By promise a second; what has nothing to run, or is decided, comes last. */
async function queueOf(specs: readonly Experiment[], options: RunOptions): Promise<Queued[]> {
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

async function queued(
  spec: Experiment,
  store: Store,
  { tier, set, seeds, device, workers }: RunOptions,
): Promise<Queued> {
  const execution = { threads: 1, device };
  const plan = await planExperiment(spec, { tier, settings: set, ...(seeds && { seeds }), execution });
  const runs = runsOfCells(store, plan.cells);
  const missing = plan.cells.filter(cell => !isSettled(runs.get(cell.identity)));
  const secondsOf = await cellSeconds(plan, store);
  const seconds = missing.reduce((sum, cell) => sum + secondsOf(cell), 0) / (workers ?? availableParallelism());
  const promise =
    missing.length === 0 ? 0 : promiseOfSpec(spec, resultsOfPlan(plan, store).verdicts, plan.seeds.length);
  return { id: spec.id, missing: missing.length, seconds, promise };
}

/** That of its least promising claim among those of its own verdict; 0 where a record has decided it. */
function promiseOfSpec(
  spec: Experiment,
  verdicts: ReturnType<typeof resultsOfPlan>['verdicts'],
  seeds: number,
): number {
  const record = readRecord(spec.id);
  if (record && record.verdict !== 'inconclusive') return 0;
  const own = spec.conjunction?.parts ?? [spec.claims[0]?.id];
  return Math.min(
    ...spec.claims
      .filter(({ id }) => own.includes(id))
      .map(claim => promiseOf(claim, verdicts.find(one => one.claim.id === claim.id)?.effects ?? [], seeds)),
  );
}

function queueTable(queue: readonly Queued[]): string {
  return formatTable(queue, [
    { title: 'experiment', text: row => row.id },
    { title: 'cells to run', align: 'right', text: row => String(row.missing) },
    { title: 'about', align: 'right', text: row => (row.missing === 0 ? '' : formatDuration(1000 * row.seconds)) },
    { title: 'promise', align: 'right', text: row => row.promise.toFixed(2) },
  ]);
}

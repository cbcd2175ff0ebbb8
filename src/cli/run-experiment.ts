/** `bench run`: plan, execute what is missing, follow the journals, and conclude. */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { claimedArms } from '../core/arms.ts';
import { EXIT, UserError } from '../core/errors.ts';
import type { Cell, Device, TierName } from '../core/experiment.ts';
import { benchDir, runsDir, storePath } from '../core/places.ts';
import type { RunSummary } from '../core/results.ts';
import { fetchDataset } from '../data/index.ts';
import type { LiveServer } from '../report/live/server.ts';
import { type CampaignOptions, executeCells } from '../runner/campaign.ts';
import { lockExperiment } from '../runner/experiment-lock.ts';
import { experimentFiles, loadExperiment } from '../runner/experiments.ts';
import { type Plan, planExperiment } from '../runner/plan.ts';
import { planThreads } from '../runner/threads.ts';
import { validateClaim } from '../stats/index.ts';
import { runsOfCells } from '../tracking/queries.ts';
import { Recorder } from '../tracking/recorder.ts';
import { openStore, type Store } from '../tracking/store.ts';
import { affordable, cellSeconds } from './cell-seconds.ts';
import { makeExecutor, type Place, refuseWhatSlurmHas, slurmSettings } from './chosen-executor.ts';
import { conclude } from './conclude.ts';
import { dryRun } from './dry-run.ts';
import { Interrupts } from './interrupts.ts';
import { ProgressDisplay } from './progress-display.ts';
import { provideGpu } from './provide.ts';
import { watchCells } from './watch-cells.ts';

/** Between two looks for workers of a bench that was killed. */
const STRAYS_INTERVAL_MS = 250;

export interface RunOptions {
  tier: TierName;
  seeds?: number;
  set: string[];
  workers?: number;
  threads: number | 'auto';
  device: Device;
  /** Left out: as bench.config.ts says. */
  on?: Place;
  dryRun?: boolean;
  force?: boolean;
  /** No cell is started that would not end in this time, as far as that can be told. */
  budgetMs?: number;
  open?: boolean;
  strict?: boolean;
  onInconclusive: 'pass' | 'fail';
  json?: boolean;
}

export function runExperiment(id: string, options: RunOptions): Promise<number> {
  if (options.dryRun) return runDry(id, options);
  return runToEnd(id, options, (plan, store) => conclude(plan, store, options));
}

/** `bench watch`: nothing is started. */
export async function watchExperiment(id: string, options: RunOptions): Promise<number> {
  const plan = await planRuns(id, options);
  const store = openStore(storePath());
  try {
    return await followOther(plan, store, options, (plan, store) => conclude(plan, store, options));
  } finally {
    store.close();
  }
}

/** What follows once every cell was run; gives the exit code. */
export type Conclusion = (plan: Plan, store: Store) => Promise<number>;

/** Runs what is missing. Without a conclusion, as it was stopped, it gives the code of an interrupt. */
export async function runToEnd(id: string, options: RunOptions, end: Conclusion): Promise<number> {
  const plan = await planRuns(id, options);
  validateClaims(plan);
  if (options.device === 'gpu') await provideGpu();
  for (const name of new Set(plan.arms.map(arm => arm.config.dataset))) await fetchDataset(name, tell);
  const store = openStore(storePath());
  let live: LiveServer | undefined;
  try {
    if (options.open) live = await (await import('./serve-command.ts')).openExperiment(store, id);
    const unlock = lockExperiment(benchDir(), id);
    if (!unlock) return await followOther(plan, store, options, end);
    return await execute(plan, store, options, end).finally(unlock);
  } finally {
    await live?.close();
    store.close();
  }
}

/** With threads left open, a first plan tells how many cells there are. */
async function planRuns(id: string, { tier, set, seeds, threads, device }: RunOptions): Promise<Plan> {
  const experiment = await loadExperiment(id);
  const planFor = (threads: number): Promise<Plan> =>
    planExperiment(experiment, { tier, settings: set, ...(seeds && { seeds }), execution: { threads, device } });
  if (threads !== 'auto') return planFor(threads);
  const single = await planFor(1);
  const nets = single.arms.map(arm => arm.config.net);
  const chosen = planThreads({ nets, cells: single.cells.length, processors: availableParallelism() });
  return chosen === 1 ? single : planFor(chosen);
}

async function execute(plan: Plan, store: Store, options: RunOptions, end: Conclusion): Promise<number> {
  const recorder = new Recorder(store, runsDir());
  recorder.ingestAll().problems.forEach(tell);
  const settings = await slurmSettings(options);
  if (settings === null) {
    await refuseWhatSlurmHas(plan.experiment.id);
    await awaitStrays(plan, store, recorder);
  }
  const { missing, resumable, finished } = remaining(plan, store, options.force ?? false, settings !== null);
  const workers =
    settings === null ? (options.workers ?? defaultWorkers(plan)) : (settings.arrayLimit ?? missing.length);
  const cells = await withinBudget(plan, store, missing, { ...options, workers });
  if (cells.length === 0 && missing.length > 0) return EXIT.ok;
  const display = new ProgressDisplay(plan, store, Math.min(workers, Math.max(1, cells.length)));
  display.say(planLine(plan, cells, workers));
  const say = (line: string): void => display.say(line);
  const executor = makeExecutor(plan.experiment.id, settings, { workers, say });
  const interrupts = new Interrupts(say, executor.detached ? 'Leaving; the cells go on.' : undefined);
  const inVain = await executeCells({
    cells,
    finished,
    resumable,
    executor,
    command: commandOf(plan, options),
    stop: interrupts.stop,
    kill: interrupts.kill,
    onTick: () => follow(recorder, display),
  });
  recorder.ingestAll().problems.forEach(tell);
  display.stop();
  interrupts.release();
  if (!interrupts.stop.aborted) {
    for (const { arm, seed } of inVain) tell(`${arm} seed ${seed} was not run: what it starts from did not finish.`);
    return end(plan, store);
  }
  if (executor.detached)
    tell(
      `The cells go on: the same command or \`bench watch\` follows them, \`bench cancel ${plan.experiment.id}\` ends them.`,
    );
  else tell(`Stopped. What ran is kept: "${commandOf(plan, options)}" goes on from there.`);
  return EXIT.interrupted;
}

async function runDry(id: string, options: RunOptions): Promise<number> {
  const plan = await planRuns(id, options);
  const store = openStore(storePath());
  try {
    new Recorder(store, runsDir()).ingestAll().problems.forEach(tell);
    const settings = await slurmSettings(options);
    const { missing } = remaining(plan, store, options.force ?? false, settings !== null);
    return await dryRun(plan, missing, store, settings, options.json);
  } finally {
    store.close();
  }
}

/** Says what is left for another time. */
async function withinBudget(
  plan: Plan,
  store: Store,
  missing: readonly Cell[],
  { budgetMs, workers }: Pick<RunOptions, 'budgetMs'> & { workers: number },
): Promise<readonly Cell[]> {
  if (budgetMs === undefined) return missing;
  const cells = affordable(missing, await cellSeconds(plan, store), { budgetMs, workers });
  const left = missing.length - cells.length;
  if (left > 0) tell(`${plan.experiment.id}: ${left} of ${missing.length} cells would not end within the budget.`);
  return cells;
}

/** Training goes on whatever becomes of the store: it can be written from the journals at any time. */
function follow(recorder: Recorder, display: ProgressDisplay): void {
  try {
    recorder.follow();
    display.update();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    display.say(`The cells go on, but: ${error.message}`);
  }
}

/** Cells of one GPU would share it, and its memory. */
function defaultWorkers({ cells: [cell] }: Plan): number {
  const { device, threads } = cell?.execution ?? { device: 'cpu', threads: 1 };
  return device === 'gpu' ? 1 : Math.max(1, Math.floor(availableParallelism() / threads));
}

type Remaining = Pick<CampaignOptions, 'resumable' | 'finished'> & { missing: Cell[] };

/**
 * Finished cells count, and so do diverged ones: the same bits would diverge again. Waiting and stopped ones go on.
 * `shared`: so do those that run, or may, elsewhere: who takes them up finds out.
 */
function remaining(plan: Plan, store: Store, force: boolean, shared = false): Remaining {
  if (force) return { missing: [...plan.cells], resumable: new Map(), finished: new Map() };
  const runs = runsOfCells(store, plan.cells);
  const missing = plan.cells.filter(cell => !isSettled(runs.get(cell.identity)));
  const states = ['pending', 'killed', 'crashed', ...(shared ? ['running', 'unreachable'] : [])];
  const stopped = [...runs].filter(([, run]) => states.includes(run.state));
  const finished = [...runs].filter(([, run]) => run.state === 'finished');
  const idsOf = (some: typeof stopped) => new Map(some.map(([identity, run]) => [identity, run.id]));
  return { missing, resumable: idsOf(stopped), finished: idsOf(finished) };
}

/** There is nothing to run again. */
export function isSettled(run: RunSummary | undefined): boolean {
  return run?.state === 'finished' || run?.metrics.diverged !== undefined;
}

/** Workers of a bench that was killed stop by themselves within a step; their cells are taken up after that. */
async function awaitStrays(plan: Plan, store: Store, recorder: Recorder): Promise<void> {
  const strays = (): number =>
    [...runsOfCells(store, plan.cells).values()].filter(run => run.state === 'running').length;
  if (strays() > 0) tell(`Waiting for ${strays()} cells of an earlier run to stop.`);
  while (strays() > 0) {
    await delay(STRAYS_INTERVAL_MS);
    recorder.follow();
  }
}

/** Others run this experiment: show what they do, and state the verdict when they are through. */
async function followOther(plan: Plan, store: Store, options: RunOptions, end: Conclusion): Promise<number> {
  await watchCells(plan, store, `${plan.experiment.id} is being run by another process: following it.`);
  if (remaining(plan, store, false).missing.length === 0) return end(plan, store);
  tell(`Nobody runs it, and not all cells were run: "${commandOf(plan, options)}" goes on from there.`);
  return EXIT.interrupted;
}

function planLine({ experiment, tier, tierSpec, cells }: Plan, missing: readonly Cell[], workers: number): string {
  const done = cells.length - missing.length;
  const cellsText = done > 0 ? `${missing.length} of ${cells.length} cells to run` : `${cells.length} cells`;
  return `${experiment.id}: ${experiment.question}\n${tier}: ${tierSpec.about}; ${cellsText}, ${workers} at once.`;
}

/** Before anything is trained: a claim about arms that do not exist would only be noticed at the end. */
function validateClaims({ experiment, arms }: Plan): void {
  const names = experiment.choice ? claimedArms(experiment) : arms.map(arm => arm.name);
  const file = experimentFiles().get(experiment.id) ?? experiment.id;
  for (const claim of experiment.claims) validateClaim(claim, names, file);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The command that runs the same cells again, as a person would type it. */
function commandOf({ experiment, tier }: Plan, { set, seeds, threads, device }: RunOptions): string {
  const parts = ['npx bench run', experiment.id, `--tier ${tier}`];
  if (seeds) parts.push(`--seeds ${seeds}`);
  if (threads !== 1) parts.push(`--threads ${threads}`);
  if (device !== 'cpu') parts.push(`--device ${device}`);
  return [...parts, ...set.map(setting => `--set ${setting}`)].join(' ');
}

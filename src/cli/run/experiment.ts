/** `bench run`: plan, execute what is missing, follow the journals, and conclude. */
import { setTimeout as delay } from 'node:timers/promises';
import { claimedArms } from '../../core/arms.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import type { Cell } from '../../core/experiment.ts';
import { benchDir, runsDir, storePath } from '../../core/places.ts';
import { fetchDataset } from '../../data/index.ts';
import { requireTensorFlow } from '../../engine/provision/index.ts';
import type { LiveServer } from '../../report/live/server.ts';
import { executeCells } from '../../runner/campaign.ts';
import type { Executor } from '../../runner/executor.ts';
import { lockExperiment } from '../../runner/experiment-lock.ts';
import { experimentFiles, loadExperiment } from '../../runner/experiments.ts';
import type { Plan } from '../../runner/plan.ts';
import { validateClaim } from '../../stats/index.ts';
import { runsOfCells } from '../../tracking/queries.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { tell } from '../output/tell.ts';
import { provideGpu } from '../set-up/provide.ts';
import { affordable, cellSeconds } from './cell-seconds.ts';
import { chosenExecutor, refuseWhatSlurmHas } from './chosen-executor.ts';
import { conclude } from './conclude.ts';
import { dryRun } from './dry-run.ts';
import { Interrupts } from './interrupts.ts';
import { commandOf, defaultWorkers, planRuns, type RunOptions } from './plan-runs.ts';
import { ProgressDisplay } from './progress-display.ts';
import { remaining } from './remaining-cells.ts';
import { type Conclusion, followOthers } from './watch-cells.ts';

/** Between two looks for workers of a bench that was killed. */
const STRAYS_INTERVAL_MS = 250;
/** A look at the journals may take so long where no cell trains beside us. */
const ALONE_MS = 1000;

export function runExperiment(id: string, options: RunOptions): Promise<number> {
  if (options.dryRun) return dryRun(id, options);
  return runToEnd(id, options, (plan, store) => conclude(plan, store, options));
}

/** Runs what is missing, then concludes. Without a conclusion, as it was stopped, it gives the code of an interrupt. */
export async function runToEnd(id: string, options: RunOptions, end: Conclusion): Promise<number> {
  const plan = await planRuns(await loadExperiment(id), options);
  validateClaims(plan);
  if (options.device === 'gpu') await provideGpu();
  for (const name of new Set(plan.arms.map(arm => arm.config.dataset))) await fetchDataset(name, tell);
  const store = openStore(storePath());
  let live: LiveServer | undefined;
  try {
    if (options.open) live = await (await import('../serve/command.ts')).openExperiment(store, id);
    const unlock = lockExperiment(benchDir(), id);
    if (!unlock) return await followOthers(plan, store, options, end);
    return await execute(plan, store, options, end).finally(unlock);
  } finally {
    await live?.close();
    store.close();
  }
}

async function execute(plan: Plan, store: Store, options: RunOptions, end: Conclusion): Promise<number> {
  const recorder = new Recorder(store, runsDir());
  recorder.ingestAll().problems.forEach(tell);
  const { definition, settings } = await chosenExecutor(options);
  if (!definition.detached) {
    await refuseWhatSlurmHas(plan.experiment.id);
    await awaitStrays(plan, store, recorder);
  }
  const { missing, resumable, finished } = remaining(plan, store, { ...options, shared: definition.detached });
  const workers = definition.atOnce(settings, missing.length) ?? options.workers ?? defaultWorkers(plan);
  const cells = await withinBudget(plan, store, missing, { ...options, workers });
  if (cells.length === 0 && missing.length > 0) return EXIT.ok;
  if (cells.length > 0 && !definition.detached && options.device === 'cpu') requireTensorFlow();
  const display = new ProgressDisplay(plan, store, Math.min(workers, Math.max(1, cells.length)));
  display.say(planLine(plan, cells, workers));
  const say = (line: string): void => display.say(line);
  const interrupts = new Interrupts(say, definition.detached ? 'Leaving; the cells go on.' : undefined);
  const context = { experiment: plan.experiment.id, workers, say, stop: interrupts.stop };
  const executor = definition.start(settings, context);
  const inVain = await executeCells({
    cells,
    finished,
    resumable,
    executor,
    command: commandOf(plan, options),
    stop: interrupts.stop,
    kill: interrupts.kill,
    onTick: () => follow(recorder, display, executor),
  });
  recorder.ingestAll().problems.forEach(tell);
  display.update();
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
function follow(recorder: Recorder, display: ProgressDisplay, executor: Executor): void {
  try {
    recorder.follow(executor.detached ? ALONE_MS : undefined);
    display.updateIfCheap(executor.poll());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    display.say(`The cells go on, but: ${error.message}`);
  }
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

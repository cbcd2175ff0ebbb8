/** `bench watch`: shows what others do with a plan's cells: another process, or job arrays that nobody follows. */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT } from '../../core/errors.ts';
import { benchDir, runsDir, storePath } from '../../core/places.ts';
import { isExperimentLocked } from '../../runner/experiment-lock.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import type { Plan } from '../../runner/plan.ts';
import { type LiveArray, liveArrays } from '../../runner/slurm/arrays.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { tell } from '../output/tell.ts';
import { conclude } from './conclude.ts';
import { commandOf, planRuns, type RunOptions } from './plan-runs.ts';
import { ProgressDisplay, type TaskStates } from './progress-display.ts';
import { remaining } from './remaining-cells.ts';

const FOLLOW_INTERVAL_MS = 1000;
/** A controller has others to serve. */
const ASK_SLURM_MS = 5000;

/** What follows once every cell was run; gives the exit code. */
export type Conclusion = (plan: Plan, store: Store) => Promise<number>;

/** Nothing is started. */
export async function watchExperiment(id: string, options: RunOptions): Promise<number> {
  const plan = await planRuns(await loadExperiment(id), options);
  const store = openStore(storePath());
  try {
    return await followOthers(plan, store, options, (plan, store) => conclude(plan, store, options));
  } finally {
    store.close();
  }
}

/** Shows what they do, and states the verdict when they are through. */
export async function followOthers(plan: Plan, store: Store, options: RunOptions, end: Conclusion): Promise<number> {
  await watchCells(plan, store, `${plan.experiment.id} is being run by another process: following it.`);
  if (remaining(plan, store).missing.length === 0) return end(plan, store);
  tell(`Nobody runs it, and not all cells were run: "${commandOf(plan, options)}" goes on from there.`);
  return EXIT.interrupted;
}

/** Resolves once nobody works on them any more. */
async function watchCells(plan: Plan, store: Store, heading: string): Promise<void> {
  const recorder = new Recorder(store, runsDir());
  const display = new ProgressDisplay(plan, store, availableParallelism());
  display.say(heading);
  const look = workWatch(plan.experiment.id);
  for (let work = await look(); work.goesOn; work = await look()) {
    recorder.follow();
    display.updateIfCheap(work.queued);
    await delay(FOLLOW_INTERVAL_MS);
  }
  for (const problem of recorder.ingestAll().problems) display.say(problem);
  display.update();
  display.stop();
}

interface Work {
  goesOn: boolean;
  /** Runs that wait for their turn. */
  queued: TaskStates;
}

/** A controller that is away has not finished. */
function workWatch(experiment: string): () => Promise<Work> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let work: Work = { goesOn: true, queued: new Map() };
  return async () => {
    const isLocked = isExperimentLocked(benchDir(), experiment);
    if (performance.now() - askedAtMs >= ASK_SLURM_MS) {
      askedAtMs = performance.now();
      work = workOf(await liveArrays(benchDir(), experiment));
    }
    return { ...work, goesOn: isLocked || work.goesOn };
  };
}

const workOf = (arrays: readonly LiveArray[] | null): Work => ({
  goesOn: arrays?.length !== 0,
  queued: new Map(arrays?.flatMap(({ queued }) => [...queued])),
});

/** Shows what others do with a plan's cells: another process, or job arrays that nobody follows. */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { benchDir, runsDir } from '../core/places.ts';
import { isExperimentLocked } from '../runner/experiment-lock.ts';
import type { Plan } from '../runner/plan.ts';
import { liveArrays } from '../runner/slurm/arrays.ts';
import { Recorder } from '../tracking/recorder.ts';
import type { Store } from '../tracking/store.ts';
import { ProgressDisplay } from './progress-display.ts';

const FOLLOW_INTERVAL_MS = 1000;
/** A controller has others to serve. */
const ASK_SLURM_MS = 5000;

/** Resolves once nobody works on them any more. */
export async function watchCells(plan: Plan, store: Store, heading: string): Promise<void> {
  const recorder = new Recorder(store, runsDir());
  const display = new ProgressDisplay(plan, store, availableParallelism());
  display.say(heading);
  const isWorkedOn = workWatch(plan.experiment.id);
  while (await isWorkedOn()) {
    recorder.follow();
    display.update();
    await delay(FOLLOW_INTERVAL_MS);
  }
  for (const problem of recorder.ingestAll().problems) display.say(problem);
  display.update();
  display.stop();
}

/** A controller that is away has not finished. */
function workWatch(experiment: string): () => Promise<boolean> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let inSlurm = true;
  return async () => {
    if (isExperimentLocked(benchDir(), experiment)) return true;
    if (performance.now() - askedAtMs < ASK_SLURM_MS) return inSlurm;
    askedAtMs = performance.now();
    inSlurm = (await liveArrays(benchDir(), experiment))?.length !== 0;
    return inSlurm;
  };
}

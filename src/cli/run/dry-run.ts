/** `bench run --dry-run`: what would be run, what it would take, and the batch script of a cluster. Reads no dataset. */

import { EXIT } from '../../core/errors.ts';
import type { Cell } from '../../core/experiment.ts';
import { runsDir, storePath } from '../../core/places.ts';
import type { PlannedScript } from '../../runner/executor.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import type { Plan } from '../../runner/plan.ts';
import { Recorder } from '../../tracking/recorder.ts';
import { openStore, type Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { tell } from '../output/tell.ts';
import { cellSeconds } from './cell-seconds.ts';
import { chosenExecutor } from './chosen-executor.ts';
import { dryRunText } from './dry-run-text.ts';
import { planRuns, type RunOptions } from './plan-runs.ts';
import { type PlannedArm, plannedArms } from './planned-costs.ts';
import { type PlannedData, plannedData } from './planned-data.ts';
import { remaining } from './remaining-cells.ts';

/** Of a step in the journal: its loss, its accuracy and the frame around them. */
const BYTES_PER_STEP = 130;
/** A weight and its momentum, in this and the former checkpoint. */
const BYTES_PER_PARAMETER = 16;

export interface DryRun {
  experiment: string;
  tier: string;
  about: string;
  seeds: number;
  /** Of all of the plan, and of those those that are still to be run: all that follows is of these. */
  planned: number;
  cells: number;
  processorSeconds: number;
  /** Images seen in training. */
  images: number;
  operations: number;
  /** Of the largest cell's process. */
  memoryBytes: number;
  /** Journals and checkpoints. */
  bytes: number;
  arms: readonly PlannedArm[];
  data: readonly PlannedData[];
  arrays: readonly PlannedScript[];
}

export async function dryRun(id: string, options: RunOptions): Promise<number> {
  const plan = await planRuns(await loadExperiment(id), { ...options, withoutData: true });
  const store = openStore(storePath());
  try {
    new Recorder(store, runsDir()).ingestAll().problems.forEach(tell);
    const found = await look(plan, store, options);
    if (options.json) printJson(found);
    else process.stdout.write(dryRunText(found));
    return EXIT.ok;
  } finally {
    store.close();
  }
}

async function look(plan: Plan, store: Store, options: RunOptions): Promise<DryRun> {
  const { definition, settings } = await chosenExecutor(options);
  const { missing } = remaining(plan, store, { ...options, shared: definition.detached });
  const executions = missing.map(cell => cell.execution);
  const arms = await plannedArms(plan.arms);
  return {
    experiment: plan.experiment.id,
    tier: plan.tier,
    about: plan.tierSpec.about,
    seeds: plan.seeds.length,
    planned: plan.cells.length,
    ...(await costOf(plan, missing, arms, store)),
    arms,
    data: await plannedData(plan.arms),
    arrays: (await definition.scripts?.(settings, executions, plan.experiment.id)) ?? [],
  };
}

type Cost = Pick<DryRun, 'cells' | 'processorSeconds' | 'images' | 'operations' | 'memoryBytes' | 'bytes'>;

async function costOf(plan: Plan, cells: readonly Cell[], arms: readonly PlannedArm[], store: Store): Promise<Cost> {
  const secondsOf = await cellSeconds(plan, store);
  const byName = new Map(arms.map(arm => [arm.arm, arm]));
  const planned = cells.map(cell => byName.get(cell.arm) as PlannedArm);
  const sum = (figure: (arm: PlannedArm) => number): number => planned.reduce((total, arm) => total + figure(arm), 0);
  return {
    cells: cells.length,
    processorSeconds: cells.reduce((total, cell) => total + secondsOf(cell) * cell.execution.threads, 0),
    images: sum(arm => arm.images),
    operations: sum(arm => arm.operations),
    memoryBytes: Math.max(0, ...planned.map(arm => arm.memoryBytes)),
    // While all of them run; of a cell that is over one checkpoint stays.
    bytes: sum(({ steps, parameters }) => steps * BYTES_PER_STEP + parameters * BYTES_PER_PARAMETER),
  };
}

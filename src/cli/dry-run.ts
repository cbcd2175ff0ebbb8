/** `bench run --dry-run`: what would be run, what it would take, and the batch script of a cluster. */

import { costsOf } from '../api/arm-costs.ts';
import { formatDuration } from '../core/duration.ts';
import { EXIT } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import { formatBytes } from '../core/format-bytes.ts';
import { runsDir, storePath } from '../core/places.ts';
import type { PlannedScript } from '../runner/executor.ts';
import { loadExperiment } from '../runner/experiments.ts';
import type { Plan } from '../runner/plan.ts';
import { Recorder } from '../tracking/recorder.ts';
import { openStore, type Store } from '../tracking/store.ts';
import { cellSeconds } from './cell-seconds.ts';
import { chosenExecutor } from './chosen-executor.ts';
import { printJson } from './command.ts';
import { planRuns, type RunOptions } from './plan-runs.ts';
import { remaining } from './remaining-cells.ts';

/** Of a step in the journal: its loss, its accuracy and the frame around them. */
const BYTES_PER_STEP = 130;
/** A weight and its momentum, in this and the former checkpoint. */
const BYTES_PER_PARAMETER = 16;

export async function dryRun(id: string, options: RunOptions): Promise<number> {
  const plan = await planRuns(await loadExperiment(id), options);
  const store = openStore(storePath());
  try {
    for (const problem of new Recorder(store, runsDir()).ingestAll().problems) process.stderr.write(`${problem}\n`);
    const { definition, settings } = await chosenExecutor(options);
    const { missing } = remaining(plan, store, { ...options, shared: definition.detached });
    const executions = missing.map(cell => cell.execution);
    const arrays = (await definition.scripts?.(settings, executions, plan.experiment.id)) ?? [];
    print({ ...(await costOf(plan, missing, store)), arrays }, options.json);
    return EXIT.ok;
  } finally {
    store.close();
  }
}

function print(found: DryRun, json = false): void {
  const { cells, seconds, bytes, arrays } = found;
  if (json) printJson({ cells, processorSeconds: seconds, bytes, arrays });
  else process.stdout.write(`${lines(found).join('\n')}\n`);
}

async function costOf(plan: Plan, cells: readonly Cell[], store: Store): Promise<Omit<DryRun, 'arrays'>> {
  const secondsOf = await cellSeconds(plan, store);
  const seconds = cells.reduce((sum, cell) => sum + secondsOf(cell) * cell.execution.threads, 0);
  return { cells: cells.length, seconds, bytes: await diskBytes(plan, cells) };
}

interface DryRun {
  cells: number;
  seconds: number;
  bytes: number;
  arrays: readonly PlannedScript[];
}

function lines({ cells, seconds, bytes, arrays }: DryRun): string[] {
  const cost = `${cells} cells, about ${formatDuration(1000 * seconds)} of one processor, about ${formatBytes(bytes)} of disk.`;
  const [first] = arrays;
  if (first === undefined) return [cost];
  const tasks = arrays.reduce((sum, array) => sum + array.tasks, 0);
  return [cost, `${tasks} tasks in ${arrays.length} job arrays. The first one's script:`, '', first.script];
}

/** While all of them run; of a cell that is over one checkpoint stays. */
async function diskBytes({ arms }: Plan, cells: readonly Cell[]): Promise<number> {
  const parameters = new Map((await costsOf(arms)).map(cost => [cost.arm, cost.parameters]));
  const bytesOf = ({ arm, config }: Cell): number =>
    config.steps * BYTES_PER_STEP + (parameters.get(arm) ?? 0) * BYTES_PER_PARAMETER;
  return cells.reduce((sum, cell) => sum + bytesOf(cell), 0);
}

/** `bench run --dry-run`: what would be run, what it would take, and the batch script of a cluster. */
import { formatDuration } from '../core/duration.ts';
import { EXIT } from '../core/errors.ts';
import type { Cell } from '../core/experiment.ts';
import { benchDir } from '../core/places.ts';
import type { Plan } from '../runner/plan.ts';
import { planArrays } from '../runner/slurm/planned-arrays.ts';
import { DEFAULT_ARRAY_SIZE, maxArraySize } from '../runner/slurm/queue.ts';
import type { SlurmSettings } from '../runner/slurm/settings.ts';
import type { Store } from '../tracking/store.ts';
import { cellSeconds } from './cell-seconds.ts';
import { costsOf } from './chart-costs.ts';
import { printJson } from './command.ts';
import { formatBytes } from './format-bytes.ts';

/** Of a step in the journal: its loss, its accuracy and the frame around them. */
const BYTES_PER_STEP = 130;
/** A weight and its momentum, in this and the former checkpoint. */
const BYTES_PER_PARAMETER = 16;

export async function dryRun(
  plan: Plan,
  cells: readonly Cell[],
  store: Store,
  settings: SlurmSettings | null,
  json = false,
): Promise<number> {
  const secondsOf = await cellSeconds(plan, store);
  const seconds = cells.reduce((sum, cell) => sum + secondsOf(cell) * cell.execution.threads, 0);
  const bytes = await diskBytes(plan, cells);
  const arrays = settings === null ? [] : await arraysOf(plan, cells, settings);
  if (json) printJson({ cells: cells.length, processorSeconds: seconds, bytes, arrays });
  else process.stdout.write(`${lines({ cells: cells.length, seconds, bytes, arrays }).join('\n')}\n`);
  return EXIT.ok;
}

interface PlannedTasks {
  tasks: number;
  script: string;
}

/** Also where there is no Slurm to ask. */
async function arraysOf(
  { experiment }: Plan,
  cells: readonly Cell[],
  settings: SlurmSettings,
): Promise<PlannedTasks[]> {
  const maxTasks = await maxArraySize().catch(() => DEFAULT_ARRAY_SIZE);
  const request = { benchDir: benchDir(), experiment: experiment.id, settings, maxTasks };
  const items = cells.map(cell => cell.execution);
  return planArrays(items, request).map(({ chunks, script }) => ({ tasks: chunks.length, script }));
}

interface DryRun {
  cells: number;
  seconds: number;
  bytes: number;
  arrays: readonly PlannedTasks[];
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

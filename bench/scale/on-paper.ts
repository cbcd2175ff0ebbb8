/** Plans, cuts into job arrays with their scripts, and reads what squeue would say. Nothing is submitted or written. */
import type { Plan } from '../../src/runner/plan.ts';
import { type PlannedArray, planArrays } from '../../src/runner/slurm/planned-arrays.ts';
import { DEFAULT_ARRAY_SIZE, parseQueue } from '../../src/runner/slurm/queue.ts';
import { parseSettings } from '../../src/runner/slurm/settings.ts';
import { largePlan } from './large-experiment.ts';
import { peakMegabytes, say, timed } from './measure.ts';

export async function onPaper(seeds: number): Promise<void> {
  const plan = await timed('plan', () => largePlan(seeds));
  const arrays = await timed('arrays', async () => arraysOf(plan));
  const text = arrays.map(rows).join('');
  const queue = await timed('queue', async () => parseQueue(text));
  const [cells, queued] = [plan.cells.length, queue.size];
  say({ cells, arrays: arrays.length, queued, queueBytes: text.length, peakMegabytes: peakMegabytes() });
}

function arraysOf({ cells, experiment }: Plan): PlannedArray<unknown>[] {
  const settings = parseSettings({ kind: 'slurm', arrayLimit: 256 }, 'bench:scale');
  const request = { benchDir: '.bench', experiment: experiment.id, settings, maxTasks: DEFAULT_ARRAY_SIZE };
  return planArrays(
    cells.map(cell => cell.execution),
    request,
  );
}

function rows({ token, chunks }: PlannedArray<unknown>, array: number): string {
  return chunks.map((_, index) => `${array + 1}|${index}|PENDING|Resources|${token}\n`).join('');
}

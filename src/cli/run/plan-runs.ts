/** What `bench run` was asked for, as a plan and as the command that asks for it again. */
import { availableParallelism } from 'node:os';
import type { Device, Experiment, TierName } from '../../core/experiment.ts';
import { type Plan, type PlanRequest, planExperiment } from '../../runner/plan.ts';
import { planThreads } from '../../runner/threads.ts';

export interface RunOptions {
  tier: TierName;
  seeds?: number;
  set: string[];
  workers?: number;
  threads: number | 'auto';
  device: Device;
  /** Left out: as bench.config.ts says. */
  on?: string;
  dryRun?: boolean;
  force?: boolean;
  /** No cell is started that would not end in this time, as far as that can be told. */
  budgetMs?: number;
  open?: boolean;
  strict?: boolean;
  onInconclusive: 'pass' | 'fail';
  json?: boolean;
}

/** With threads left open, a first plan tells how many cells there are. */
export async function planRuns(
  experiment: Experiment,
  { tier, set, seeds, threads, device, withoutData = false }: RunOptions & Pick<PlanRequest, 'withoutData'>,
): Promise<Plan> {
  const request = { tier, settings: set, ...(seeds && { seeds }), withoutData };
  const planFor = (threads: number): Promise<Plan> =>
    planExperiment(experiment, { ...request, execution: { threads, device } });
  if (threads !== 'auto') return planFor(threads);
  const single = await planFor(1);
  const nets = single.arms.map(arm => arm.config.net);
  const chosen = planThreads({ nets, cells: single.cells.length, processors: availableParallelism() });
  return chosen === 1 ? single : planFor(chosen);
}

/** The command that runs the same cells again, as a person would type it. */
export function commandOf({ experiment, tier }: Plan, { set, seeds, threads, device }: RunOptions): string {
  const parts = ['npx bench run', experiment.id, `--tier ${tier}`];
  if (seeds) parts.push(`--seeds ${seeds}`);
  if (threads !== 1) parts.push(`--threads ${threads}`);
  if (device !== 'cpu') parts.push(`--device ${device}`);
  return [...parts, ...set.map(setting => `--set ${setting}`)].join(' ');
}

/** Cells of one GPU would share it, and its memory. */
export function defaultWorkers({ cells: [cell] }: Plan): number {
  const { device, threads } = cell?.execution ?? { device: 'cpu', threads: 1 };
  return device === 'gpu' ? 1 : Math.max(1, Math.floor(availableParallelism() / threads));
}

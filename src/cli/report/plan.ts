/** Which of an experiment's runs a report is about, where some had other threads, devices or precisions than others. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Device, Execution, Experiment, TierName } from '../../core/experiment.ts';
import type { RunSummary } from '../../core/results.ts';
import { TRACKED_TIER } from '../../core/tracked-cell.ts';
import { executedText } from '../../report/executed.ts';
import { loadExperiment } from '../../runner/experiments.ts';
import { type Plan, planExperiment } from '../../runner/plan.ts';
import { executionsOf, listRuns, type RecordedExecution, runsOfCells } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';

/** Which results of an experiment: as they were asked of `bench run`; where that is left open, those that were run last. */
export interface ResultOptions {
  tier?: TierName;
  seeds?: number;
  threads?: number;
  device?: Device;
  set: readonly string[];
}

const DEFAULT: Execution = { threads: 1, device: 'cpu' };

/** The plan that the newest runs are of. Where none is of the experiment as its file is now, it has no runs. */
export async function planOfRuns(store: Store, id: string, options: ResultOptions): Promise<Plan> {
  const experiment = await loadExperiment(id);
  const tier = options.tier ?? lastTier(store, id);
  const executions = executionsAsked(executionsOf(store, { experiment: id, tier }), options, `${id}, ${tier} tier`);
  const plans: Plan[] = [];
  for (const execution of executions) {
    const plan = await planFor(experiment, tier, execution, options);
    if (runsOfPlan(plan, store).length > 0) return plan;
    plans.push(plan);
  }
  return plans[0] ?? planFor(experiment, tier, { ...DEFAULT, ...options }, options);
}

/**
 * The run of each cell's identity; where there is none, the newest of its arm and seed that was executed alike under this
 * spec (older code).
 */
export function runsOfPlan({ experiment, tier, specHash, cells }: Plan, store: Store): RunSummary[] {
  const exact = runsOfCells(store, cells);
  const query = { experiment: experiment.id, tier };
  const alike = executionsOf(store, query).filter(one => isExecuted(one, cells[0]?.execution ?? DEFAULT));
  const ids = new Set(alike.flatMap(one => one.runs));
  const similar = listRuns(store, query).filter(run => run.specHash === specHash && ids.has(run.id));
  return cells.flatMap(({ identity, arm, seed }) => {
    const own = similar.filter(run => run.arm === arm && run.seed === seed);
    return exact.get(identity) ?? own.find(run => run.state === 'finished') ?? own[0] ?? [];
  });
}

/** How else the experiment was run at this tier, each with the number of its runs. */
export function otherExecutions(plan: Plan, store: Store): string[] {
  const { experiment, tier, cells, arms } = plan;
  const precisions = arms.map(arm => arm.config.precision);
  return executionsOf(store, { experiment: experiment.id, tier })
    .filter(one => !isExecuted(one, cells[0]?.execution ?? DEFAULT) || !precisions.includes(one.precision))
    .map(inWords);
}

function executionsAsked(
  recorded: readonly RecordedExecution[],
  { threads, device }: ResultOptions,
  where: string,
): readonly RecordedExecution[] {
  const asked = recorded.filter(
    one => (threads === undefined || one.threads === threads) && (device === undefined || one.device === device),
  );
  if (asked.length > 0 || recorded.length === 0) return asked;
  throw new UserError(
    `${where}: no run with ${[threads && `${threads} threads`, device].filter(Boolean).join(' on ')}. There are: ${recorded.map(inWords).join('; ')}.`,
    { exitCode: EXIT.noData },
  );
}

/** In the precision of those runs, unless that was asked for or is what an arm is about. */
async function planFor(
  experiment: Experiment,
  tier: TierName,
  { threads, device, precision }: Execution & Partial<RecordedExecution>,
  { set, seeds }: ResultOptions,
): Promise<Plan> {
  const plan = (settings: readonly string[]): Promise<Plan> =>
    planExperiment(experiment, { tier, settings, ...(seeds && { seeds }), execution: { threads, device } });
  const asked = await plan(set);
  const isGiven = precision === undefined || set.some(setting => setting.startsWith('precision='));
  return isGiven || asked.arms.some(arm => arm.config.precision === precision)
    ? asked
    : plan([...set, `precision=${precision}`]);
}

const isExecuted = (one: Execution, { threads, device }: Execution): boolean =>
  one.threads === threads && one.device === device;

const inWords = (execution: RecordedExecution): string =>
  `${executedText(execution)} (${execution.runs.length} ${execution.runs.length === 1 ? 'run' : 'runs'})`;

function lastTier(store: Store, experiment: string): TierName {
  const [newest] = listRuns(store, { experiment, limit: 1 });
  if (newest && newest.tier !== TRACKED_TIER) return newest.tier;
  throw new UserError(`${experiment}: no run is recorded. Run "npx bench run ${experiment}" first.`, {
    exitCode: EXIT.noData,
  });
}

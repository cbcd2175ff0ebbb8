/** From a plan and the store to what a gate compares. */
import type { CellConfig } from '../core/cell-config.ts';
import type { GateThreshold } from '../core/experiment.ts';
import { hashOf } from '../core/ids.ts';
import type { Provenance, RunSummary } from '../core/results.ts';
import type { Machine, Measured } from '../gate/index.ts';
import { figureOfRun } from '../report/claim-figures.ts';
import type { Plan } from '../runner/plan.ts';
import { type Figure, parseCurveMetric } from '../stats/index.ts';
import { provenanceOf, runsOfCells } from '../tracking/queries.ts';
import type { Store } from '../tracking/store.ts';
import { costsOf } from './arm-costs.ts';

/** What is known before anything is run. */
export async function plannedSide({ experiment, tier, arms, cells }: Plan): Promise<Measured> {
  const costs = await costsOf(arms);
  return {
    experiment: experiment.id,
    tier,
    spec: Object.fromEntries(arms.map(arm => [arm.name, specOf(arm.config)])),
    data: Object.fromEntries(cells.map(cell => [cell.arm, cell.dataHash])),
    code: Object.fromEntries(cells.map(cell => [cell.arm, cell.codeHash])),
    identity: {},
    machine: null,
    costs: Object.fromEntries(costs.map(({ arm, parameters, macs }) => [arm, { parameters, macs }])),
    figures: {},
  };
}

/** The same with the figures of the runs that finished with the present code. */
export async function measure(plan: Plan, store: Store, thresholds: readonly GateThreshold[]): Promise<Measured> {
  const runs = [...runsOfCells(store, plan.cells).values()].filter(run => run.state === 'finished');
  const found = runs.flatMap(run =>
    figuresOf(store, run, thresholds).map(([metric, figure]) => ({ run, metric, figure })),
  );
  const metrics = [...new Set(found.map(({ metric }) => metric))];
  const ofMetric = (metric: string) => found.filter(one => one.metric === metric);
  return {
    ...(await plannedSide(plan)),
    identity: bySeed(runs.map(run => ({ run, figure: run.identity }))),
    figures: Object.fromEntries(metrics.map(metric => [metric, bySeed(ofMetric(metric))])),
    machine: machineOf(
      provenanceOf(
        store,
        runs.map(run => run.id),
      ).values(),
    ),
  };
}

function figuresOf(store: Store, run: RunSummary, thresholds: readonly GateThreshold[]): [string, Figure][] {
  const steps = thresholds.flatMap(({ metric }): [string, Figure][] => {
    const figure = parseCurveMetric(metric) && figureOfRun(store, run, metric);
    return figure === null ? [] : [[metric, figure]];
  });
  return [...Object.entries(run.metrics), ...steps];
}

/** Arm → seed → figure. */
function bySeed<T>(found: readonly { run: RunSummary; figure: T }[]): Record<string, Record<string, T>> {
  const arms = new Map<string, [string, T][]>();
  for (const { run, figure } of found) arms.set(run.arm, [...(arms.get(run.arm) ?? []), [String(run.seed), figure]]);
  return Object.fromEntries([...arms].map(([arm, entries]) => [arm, Object.fromEntries(entries)]));
}

/** Where the images come from is a matter of the dataset's content. */
function specOf({ dataset: _, ...config }: CellConfig): string {
  return hashOf(config);
}

/** Null if nobody said, or if the runs were made on several. */
function machineOf(provenances: Iterable<Provenance>): Machine | null {
  const machines = [...provenances].map(({ machine, tensorflow, execution }) => ({
    cpu: machine.cpu,
    cores: machine.cores,
    tensorflow: tensorflow.version,
    threads: execution.threads,
    device: execution.device,
  }));
  const [first] = machines;
  return first && machines.every(machine => hashOf(machine) === hashOf(first)) ? first : null;
}

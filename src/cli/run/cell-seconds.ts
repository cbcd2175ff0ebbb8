/** How long cells will take: from runs of their arm, else of their experiment, else from the size of their nets. */
import { costsOf } from '../../api/arm-costs.ts';
import type { Cell } from '../../core/experiment.ts';
import { secondsPerStep } from '../../core/pace.ts';
import type { RunSummary } from '../../core/results.ts';
import type { Plan } from '../../runner/plan.ts';
import { mean } from '../../stats/index.ts';
import { listRuns } from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { OPERATIONS_PER_MAC } from './planned-costs.ts';

/** A slow machine's, so that a budget is not overrun by the first guess. */
const GUESSED_OPERATIONS_PER_SECOND = 3e10;
/** Starting, reading the images, testing. */
const SECONDS_BESIDE_STEPS = 5;

export async function cellSeconds({ experiment, tier, arms }: Plan, store: Store): Promise<(cell: Cell) => number> {
  const runs = listRuns(store, { experiment: experiment.id, tier, state: 'finished' });
  const guesses = new Map((await costsOf(arms)).map(({ arm, macs, batch }) => [arm, macs * batch]));
  const pace = (some: readonly RunSummary[]): number => mean(some.map(run => secondsPerStep(run)));
  const paceOfAll = pace(runs);
  const paces = new Map(arms.map(({ name }) => [name, pace(runs.filter(run => run.arm === name))]));
  return ({ arm, config }) => {
    const guess = (OPERATIONS_PER_MAC * (guesses.get(arm) ?? 0)) / GUESSED_OPERATIONS_PER_SECOND;
    const seen = [paces.get(arm) ?? Number.NaN, paceOfAll].find(Number.isFinite);
    return seen === undefined ? SECONDS_BESIDE_STEPS + config.steps * guess : config.steps * seen;
  };
}

/** The cells that fit into the time, whole seeds first. */
export function affordable(
  cells: readonly Cell[],
  secondsOf: (cell: Cell) => number,
  { budgetMs, workers }: { budgetMs: number; workers: number },
): Cell[] {
  let spentMs = 0;
  return cells
    .toSorted((a, b) => a.seed - b.seed)
    .filter(cell => {
      spentMs += (1000 * secondsOf(cell)) / workers;
      return spentMs <= budgetMs;
    });
}

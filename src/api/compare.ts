/** `compare()`: how far two arms are apart, over pairs of equal seeds. */
import { EXIT, UserError } from '../core/errors.ts';
import { figureOfRun } from '../report/claim-figures.ts';
import { boundOf, isCensored, mean, meanInterval, signFlipP } from '../stats/index.ts';
import { withRecordedStore } from '../tracking/recorded-store.ts';
import { chosenCells } from '../tracking/selection.ts';
import type { Store } from '../tracking/store.ts';

const LEVEL = 0.95;

export interface ComparisonQuestion {
  /** A final figure of a run: `test.top1`, `train.loss`, `steps-to:test.top1<=0.2`. */
  metric: string;
  /** Arms as `experiment/arm`, or `arm` where one experiment has it; the effect is `to` − `from`. */
  from: string;
  to: string;
  /** Of the interval; 0.95 if left out. */
  level?: number;
}

export interface Comparison {
  metric: string;
  /** Seeds that both arms have finished, ascending: `from` and `to` hold their figures in this order. */
  seeds: number[];
  from: number[];
  to: number[];
  /** Mean of to − from, in the metric's own unit. */
  effect: number;
  /** Null with fewer than two seeds. */
  interval: readonly [low: number, high: number] | null;
  level: number;
  /** Two-sided sign-flip p of "no difference"; with k seeds never below 2 / 2^k. */
  permutationP: number | null;
}

/** `compare()` of the package. */
export function compareArms({ metric, from, to, level = LEVEL }: ComparisonQuestion): Promise<Comparison> {
  return withRecordedStore(store => {
    const before = figuresBySeed(store, from, metric);
    const after = figuresBySeed(store, to, metric);
    const seeds = [...before.keys()].filter(seed => after.has(seed)).sort((a, b) => a - b);
    if (seeds.length === 0) throw nothingShared({ metric, from, to });
    const figures = [before, after].map(arm => seeds.map(seed => arm.get(seed) as number)) as [number[], number[]];
    const effects = seeds.map(seed => (after.get(seed) as number) - (before.get(seed) as number));
    return {
      metric,
      seeds,
      from: figures[0],
      to: figures[1],
      effect: mean(effects),
      interval: meanInterval(effects, level),
      level,
      permutationP: signFlipP(effects),
    };
  });
}

/** Of finished runs that have it. */
function figuresBySeed(store: Store, arm: string, metric: string): Map<number, number> {
  const runs = chosenCells(store, [arm]).filter(({ run }) => run.state === 'finished');
  const figures = runs.map(({ run }) => [run, figureOfRun(store, run, metric)] as const);
  const censored = figures.filter(([, figure]) => figure !== null && isCensored(figure));
  if (censored.length > 0) throw neverReached(arm, metric, censored.length);
  return new Map(figures.flatMap(([run, figure]) => (figure === null ? [] : [[run.seed, boundOf(figure)]])));
}

/** Without them the difference would be that of the seeds that did well. */
const neverReached = (arm: string, metric: string, runs: number): UserError =>
  new UserError(`compare: ${runs} runs of ${arm} never came to ${metric}: how far they are from it is unknown.`, {
    exitCode: EXIT.noData,
  });

const nothingShared = ({ metric, from, to }: ComparisonQuestion): UserError =>
  new UserError(
    `compare: expected finished runs of ${from} and ${to} that share a seed and have ${metric}, got none. \`bench list --figures ${metric}\` shows which runs have it.`,
    { exitCode: EXIT.noData },
  );

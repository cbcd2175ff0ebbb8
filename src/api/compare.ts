/** `compare()`: how far two arms are apart, over pairs of equal seeds. */
import { EXIT, UserError } from '../core/errors.ts';
import { isOfTheMachine } from '../core/machine-type.ts';
import type { RunSummary } from '../core/results.ts';
import { figureOfRun } from '../report/claim-figures.ts';
import { mixedSeedsOf } from '../report/mixed-machines.ts';
import { boundOf, isCensored, mean, meanInterval, signFlipP } from '../stats/index.ts';
import { machineTypesOf } from '../tracking/queries.ts';
import { withRecordedStore } from '../tracking/recorded-store.ts';
import { chosenCells } from '../tracking/selection.ts';
import type { Store } from '../tracking/store.ts';

const LEVEL = 0.95;

/** What `compare()` is asked. */
export interface ComparisonQuestion {
  /** A final figure of a run: `test.top1`, `train.loss`, `steps-to:test.top1<=0.2`. */
  metric: string;
  /** Arms as `experiment/arm`, or `arm` where one experiment has it; the effect is `to` − `from`. */
  from: string;
  to: string;
  /** Of the interval; 0.95 if left out. */
  level?: number;
}

/** How far two arms are apart, in the metric's own unit: errors are shares, losses nats. */
export interface Comparison {
  metric: string;
  /** Seeds that both arms have finished, ascending: `from` and `to` hold their figures in this order. */
  seeds: number[];
  /** A figure a seed. */
  from: number[];
  to: number[];
  /** Of these, seeds whose two runs had machines of several types. Of a speed there are none: such pairs are left out. */
  mixed: number[];
  /** Mean of to − from, in the metric's own unit. */
  effect: number;
  /** Null with fewer than two seeds. */
  interval: readonly [low: number, high: number] | null;
  /** Of the interval. */
  level: number;
  /** Two-sided sign-flip p of "no difference"; with k seeds never below 2 / 2^k. */
  permutationP: number | null;
}

/** `compare()` of the package. */
export function compareArms({ metric, from, to, level = LEVEL }: ComparisonQuestion): Promise<Comparison> {
  return withRecordedStore(store => {
    const [before, after] = [finishedOf(store, from), finishedOf(store, to)];
    const [first, second] = [figuresBySeed(store, from, metric, before), figuresBySeed(store, to, metric, after)];
    const shared = [...first.keys()].filter(seed => second.has(seed)).sort((a, b) => a - b);
    if (shared.length === 0) throw nothingShared({ metric, from, to });
    const mixed = mixedAmong(store, [...before, ...after]).filter(seed => shared.includes(seed));
    const seeds = isOfTheMachine(metric) ? shared.filter(seed => !mixed.includes(seed)) : shared;
    if (seeds.length === 0) throw onlyUnlike({ metric, from, to });
    const [ofFrom, ofTo] = [first, second].map(arm => seeds.map(seed => arm.get(seed) as number)) as [
      number[],
      number[],
    ];
    const effects = ofTo.map((figure, i) => figure - (ofFrom[i] as number));
    return {
      metric,
      seeds,
      from: ofFrom,
      to: ofTo,
      mixed: mixed.filter(seed => seeds.includes(seed)),
      effect: mean(effects),
      interval: meanInterval(effects, level),
      level,
      permutationP: signFlipP(effects),
    };
  });
}

const finishedOf = (store: Store, arm: string): RunSummary[] =>
  chosenCells(store, [arm])
    .map(({ run }) => run)
    .filter(run => run.state === 'finished');

function mixedAmong(store: Store, runs: readonly RunSummary[]): readonly number[] {
  const types = machineTypesOf(
    store,
    runs.map(({ id }) => id),
  );
  return mixedSeedsOf(runs, types)([...new Set(runs.map(({ arm }) => arm))]);
}

/** Of the runs that have it. */
function figuresBySeed(store: Store, arm: string, metric: string, runs: readonly RunSummary[]): Map<number, number> {
  const figures = runs.map(run => [run, figureOfRun(store, run, metric)] as const);
  const censored = figures.filter(([, figure]) => figure !== null && isCensored(figure));
  if (censored.length > 0) throw neverReached(arm, metric, censored.length);
  return new Map(figures.flatMap(([run, figure]) => (figure === null ? [] : [[run.seed, boundOf(figure)]])));
}

/** Without them the difference would be that of the seeds that did well. */
const neverReached = (arm: string, metric: string, runs: number): UserError =>
  new UserError(`compare: ${runs} runs of ${arm} never came to ${metric}: how far they are from it is unknown.`, {
    exitCode: EXIT.noData,
  });

const onlyUnlike = ({ metric, from, to }: ComparisonQuestion): UserError =>
  new UserError(
    `compare: expected runs of ${from} and ${to} on machines of one type, got none: ${metric} measures the machine.`,
    { exitCode: EXIT.noData },
  );

const nothingShared = ({ metric, from, to }: ComparisonQuestion): UserError =>
  new UserError(
    `compare: expected finished runs of ${from} and ${to} that share a seed and have ${metric}, got none. \`bench list --figures ${metric}\` shows which runs have it.`,
    { exitCode: EXIT.noData },
  );

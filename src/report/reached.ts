/** When each seed first came down to an error, with those that never did. */
import { inUnit } from '../stats/index.ts';
import type { ReportResults } from './costs.ts';
import { figuresOf, type Metric, metricOf } from './metrics.ts';

/** Of these the first that runs have curves of. */
const METRICS = ['test.top1', 'validation.top1', 'train.top1', 'train.loss'];
const DIGITS = 2;

export interface Target {
  metric: Metric;
  /** In the metric's unit for people. */
  value: number;
}

/**
 * The error that half of the arms reach in the mean by their end, rounded up: some arms come below it early, others
 * late or not at all. Undefined without finished runs, or without curves of any error.
 */
export function targetOf(results: ReportResults): Target | undefined {
  const metric = METRICS.map(metricOf).find(({ name }) => results.curves.some(curve => curve.metric === name));
  if (metric === undefined) return undefined;
  const means = figuresOf(results, metric)
    .map(figure => figure.mean)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const middle = means[Math.floor(means.length / 2)];
  return middle === undefined || middle <= 0 ? undefined : { metric, value: roundUp(middle) };
}

function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - DIGITS + 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(DIGITS + 1));
}

/** The step of the first evaluation at or below the target; censored: of the last one, none was. */
export interface Reached {
  seed: number;
  step: number;
  censored: boolean;
}

/** Runs that ended early count as far as they came. Those without any evaluation say nothing. */
export function reachedBy({ curves, runs }: ReportResults, arm: string, { metric, value }: Target): Reached[] {
  const own = runs.filter(run => run.arm === arm).sort((a, b) => a.seed - b.seed);
  return own.flatMap(run => {
    const points = curves.find(curve => curve.run === run.id && curve.metric === metric.name)?.points ?? [];
    const first = points.find(point => inUnit(point[1], metric.unit) <= value);
    const step = (first ?? points.at(-1))?.[0];
    return step === undefined ? [] : [{ seed: run.seed, step, censored: first === undefined } satisfies Reached];
  });
}

/**
 * Share of seeds that have reached it by each step (Kaplan & Meier 1958: 1 − ∏ (1 − reached/at risk)). Begins with none
 * at step 0, ends at the last step that anybody was seen at.
 */
export function shareReached(seeds: readonly Reached[]): { step: number; share: number }[] {
  const steps = [...new Set(seeds.map(({ step }) => step))].sort((a, b) => a - b);
  let missing = 1;
  const rows = steps.map(step => {
    const atRisk = seeds.filter(seed => seed.step >= step).length;
    missing *= 1 - seeds.filter(seed => seed.step === step && !seed.censored).length / atRisk;
    return { step, share: 1 - missing };
  });
  return [{ step: 0, share: 0 }, ...rows];
}

/** The middle step of all seeds; null where so many did not reach it that the middle is not known. */
export function medianStep(seeds: readonly Reached[]): number | null {
  return shareReached(seeds).find(({ share }) => share >= 0.5 - 1e-9)?.step ?? null;
}

import { isOfTheMachine } from '../core/machine-type.ts';
import type { ExperimentResults, RunSummary } from '../core/results.ts';
import { digitsFor, inUnit, mean, meanInterval } from '../stats/index.ts';
import type { ReportResults } from './costs.ts';
import { commonType } from './mixed-machines.ts';

const LEVEL = 0.95;

export interface Metric {
  name: string;
  title: string;
  unit: string;
}

/** The final figures that the report compares, in the order of its columns. */
export const METRICS: readonly Metric[] = [
  { name: 'train.loss', title: 'Training loss', unit: 'nats' },
  { name: 'train.top1', title: 'Training error', unit: '%' },
  { name: 'test.loss', title: 'Test loss', unit: 'nats' },
  { name: 'test.top1', title: 'Test error, top-1', unit: '%' },
  { name: 'test.top5', title: 'Test error, top-5', unit: '%' },
  { name: 'imagesPerSecond', title: 'Speed', unit: 'images/s' },
];

/** "Test error, top-1, %"; without a comma where there is no unit. */
export const titleInUnit = ({ title, unit }: Pick<Metric, 'title' | 'unit'>): string =>
  `${title}${unit && `, ${unit}`}`;

/** A metric that is not listed is shown under its own name, without a unit. */
export function metricOf(name: string): Metric {
  return METRICS.find(metric => metric.name === name) ?? { name, title: name, unit: '' };
}

/** The metrics that at least one run has a final figure of. */
export function metricsOf({ runs }: ExperimentResults): readonly Metric[] {
  return METRICS.filter(({ name }) => runs.some(run => run.metrics[name] !== undefined));
}

/** What nets are compared by where nobody says otherwise: the first of these that there is. */
export function errorMetric(results: ExperimentResults): Metric | undefined {
  const known = metricsOf(results);
  return ['test.top1', 'validation.top1', 'train.top1', 'test.loss', 'train.loss']
    .map(name => known.find(metric => metric.name === name))
    .find(metric => metric !== undefined);
}

/** That of the first claim, else the error. */
export function claimedMetric(results: ExperimentResults): Metric {
  const claimed = results.experiment.claims[0]?.metric;
  return claimed === undefined ? (errorMetric(results) ?? metricOf('train.loss')) : metricOf(claimed);
}

export interface Figure {
  arm: string;
  values: readonly { seed: number; value: number }[];
  /** In the metric's unit for people, as the values are; NaN without values. */
  mean: number;
  interval: readonly [low: number, high: number] | null;
}

/** Charts and tables ask again and again, and each answer has intervals to compute. */
const known = new WeakMap<ReportResults, Map<string, Figure[]>>();

/**
 * Final figures of the finished runs of each arm, in the unit that people read: errors in per cent. What measures the
 * machine is of runs of one type of machine alone: that which most had.
 */
export function figuresOf(results: ReportResults, metric: Metric): readonly Figure[] {
  const figures = known.get(results) ?? new Map<string, Figure[]>();
  known.set(results, figures);
  const found = figures.get(metric.name) ?? computeFigures(results, metric);
  figures.set(metric.name, found);
  return found;
}

function computeFigures(results: ReportResults, { name, unit }: Metric): Figure[] {
  const type = isOfTheMachine(name) ? comparedType(results) : null;
  return results.arms.map(arm => {
    const values = finishedRuns(results, arm)
      .filter(run => run.metrics[name] !== undefined && (type === null || isOnly(results, run, type)))
      .map(run => ({ seed: run.seed, value: inUnit(run.metrics[name] as number, unit) }));
    const numbers = values.map(({ value }) => value);
    return { arm, values, mean: mean(numbers), interval: meanInterval(numbers, LEVEL) };
  });
}

/** The type of machine on which speeds are compared; null where the finished runs had but one. */
const comparedType = ({ runs, machineTypes = new Map() }: ReportResults): string | null =>
  commonType(
    runs.filter(run => run.state === 'finished'),
    machineTypes,
  );

/** For a caption; empty where there is nothing to say. */
export function speedNote(results: ReportResults): string {
  const type = comparedType(results);
  return type === null
    ? ''
    : ` The runs had machines of several types: speeds are those on ${type}, others are left out.`;
}

const isOnly = ({ machineTypes }: ReportResults, { id }: RunSummary, type: string): boolean =>
  machineTypes?.get(id)?.every(one => one === type) ?? false;

export function finishedRuns({ runs }: ExperimentResults, arm: string): readonly RunSummary[] {
  return runs.filter(run => run.arm === arm && run.state === 'finished').sort((a, b) => a.seed - b.seed);
}

/** The same digits for a whole column: those that the middle one of its intervals deserves, or three figures of the middle mean without one. */
export function digitsOf(figures: readonly Figure[]): number {
  const widths = figures
    .flatMap(({ interval }) => (interval ? [interval[1] - interval[0]] : []))
    .filter(Number.isFinite);
  const means = figures.map(figure => Math.abs(figure.mean)).filter(Number.isFinite);
  return digitsFor(middleOf(widths) ?? (middleOf(means) ?? 0) / 10);
}

const middleOf = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

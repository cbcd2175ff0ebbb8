/** Final figures of one metric: a row an arm, its seeds as rings, their mean and the mean's interval. */
import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber } from '../../stats/index.ts';
import { digitsOf, figuresOf, type Metric, metricOf, titleInUnit } from '../metrics.ts';
import { armChannels, armsDown, figuresAcross } from './_channels.ts';
import { type ChartDefinition, type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { dotLayers } from './_dots.ts';
import { areMany } from './_highlight.ts';
import { endsOf, intervalColumns } from './_interval.ts';
import { PADDING } from './_looks.ts';
import { niceDomain } from './_scales.ts';
import { MEAN } from './_seeds.ts';

const ROW_PX = 46;
/** Where there are many arms. */
const CLOSE_ROW_PX = 36;
const ABOUT =
  'Ring: one seed. Bar: mean of the seeds. Line: 95 % interval of the mean (Student’s t, seeds taken as independent). Arms share their seeds, so they are compared seed by seed, not by whether these lines overlap.';

export interface FigureChartOptions extends Pick<ChartDefinition, 'name' | 'title' | 'order'> {
  metric: string;
}

export function defineFigureChart({ metric: name, ...names }: FigureChartOptions) {
  const metric = metricOf(name);
  return defineChart({
    ...names,
    place: 'arms',
    rows: results => rowsOf(results, metric),
    columns: results => columns(results, metric),
    about: () => ABOUT,
    describe: rows => describe(rows, metric),
    spec: (rows, results) => specOf(rows, results, metric),
  });
}

function rowsOf(results: ExperimentResults, metric: Metric): Row[] {
  return figuresOf(results, metric).flatMap(({ arm, values, mean, interval }) => {
    const finite = values.filter(({ value }) => Number.isFinite(value));
    const seeds = finite.map(({ seed, value }) => ({ arm, seed: String(seed), value, ...endsOf(null) }));
    if (!Number.isFinite(mean)) return seeds;
    return [...seeds, { arm, seed: MEAN, value: mean, ...endsOf(interval) }];
  });
}

function columns(results: ExperimentResults, metric: Metric): Column[] {
  const digits = digitsOf(figuresOf(results, metric)) + 1;
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'seed', title: 'Seed' },
    { key: 'value', title: titleInUnit(metric), digits },
    ...intervalColumns(digits),
  ];
}

function describe(rows: Row[], { title, unit }: Metric): string {
  const means = rows.filter(row => row.seed === MEAN).map(row => `${row.arm} ${formatNumber(Number(row.value), 3)}`);
  return `Dot plot of the final ${title.toLowerCase()} of each arm. Means in ${unit}: ${means.join(', ')}.`;
}

function specOf(rows: Row[], results: ExperimentResults, metric: Metric): Spec {
  const domain = niceDomain(rows.flatMap(row => [row.value, row.low, row.high] as (number | null)[]));
  const tooltip = [
    { field: 'arm', title: 'arm' },
    { field: 'seed', title: 'seed' },
    { field: 'value', type: 'quantitative', title: metric.unit, format: '.4~r' },
  ];
  return {
    height: (areMany(results) ? CLOSE_ROW_PX : ROW_PX) * results.arms.length,
    padding: PADDING,
    encoding: { y: armsDown(results.arms), color: armChannels(results).color },
    layer: dotLayers(figuresAcross('value', titleInUnit(metric), domain), tooltip),
  };
}

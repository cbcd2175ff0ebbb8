import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber, mean } from '../../stats/index.ts';
import { type ArmDesign, designOf } from '../design.ts';
import { digitsOf, figuresOf, type Metric, metricOf } from '../metrics.ts';
import { HUES } from '../palette.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { MEAN } from './_dots.ts';
import { labelLayer, spreadLabels } from './_labels.ts';
import { LEVEL_TITLE } from './_looks.ts';
import { niceDomain } from './_scales.ts';

const HEIGHT_PX = 236;
const MEANS = [{ filter: `datum.seed === '${MEAN}'` }];
const SEEDS = [{ filter: `datum.seed !== '${MEAN}'` }];

export default defineChart({
  name: 'paired',
  title: 'The same seed at each level',
  place: 'claims',
  order: 2,
  rows: rowsOf,
  columns,
  about: results =>
    `Thin line: one seed. Thick line: mean of the seeds that every arm has, with its change from left to right. Runs of one seed drew the same images in the same order, so only ${designOf(results).within} differs along a line. Where the slopes of two colours differ, the factors interact.`,
  describe,
  spec: specOf,
});

const metricIn = ({ experiment }: ExperimentResults): Metric => metricOf(experiment.claims[0]?.metric ?? 'train.loss');

/** Only with two factors, of which the last has levels to compare. */
function rowsOf(results: ExperimentResults): Row[] {
  const { arms, levels, groups } = designOf(results);
  if (levels.length < 2 || groups.length < 2) return [];
  const figures = figuresOf(results, metricIn(results));
  const valuesOf = (arm: string): SeedValue[] =>
    (figures.find(figure => figure.arm === arm)?.values ?? []).filter(({ value }) => Number.isFinite(value));
  // Like the verdict, means compare only seeds that every arm has: else their difference is not that of any seed.
  const complete = results.seeds.filter(seed => arms.every(({ arm }) => valuesOf(arm).some(one => one.seed === seed)));
  return arms.flatMap(arm => armRows(arm, valuesOf(arm.arm), complete));
}

interface SeedValue {
  seed: number;
  value: number;
}

function armRows({ arm, group, level }: ArmDesign, values: readonly SeedValue[], complete: readonly number[]): Row[] {
  const row = (seed: string, value: number): Row => ({ arm, group, level, seed, value });
  const seeds = values.map(({ seed, value }) => row(String(seed), value));
  const paired = values.filter(({ seed }) => complete.includes(seed)).map(({ value }) => value);
  return paired.length > 0 ? [...seeds, row(MEAN, mean(paired))] : seeds;
}

function columns(results: ExperimentResults): Column[] {
  const metric = metricIn(results);
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'seed', title: 'Seed' },
    { key: 'value', title: `${metric.title}, ${metric.unit}`, digits: digitsOf(figuresOf(results, metric)) + 1 },
  ];
}

function describe(rows: Row[], results: ExperimentResults): string {
  const { title, unit } = metricIn(results);
  const means = rows.filter(row => row.seed === MEAN).map(row => `${row.arm} ${formatNumber(Number(row.value), 3)}`);
  return `Slope plot of the final ${title.toLowerCase()} by ${designOf(results).within}. Means in ${unit}: ${means.join(', ')}.`;
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const { title, unit } = metricIn(results);
  const { within, levels, groups } = designOf(results);
  const domain = niceDomain(rows.map(row => row.value));
  const labels = spreadLabels(endsOf(rows, groups, digitsOf(figuresOf(results, metricIn(results)))), domain, HEIGHT_PX);
  const range = groups.map((_, i) => HUES[i % HUES.length] as string);
  const color = { field: 'group', type: 'nominal', legend: null, scale: { domain: [...groups], range } };
  const x = {
    field: 'level',
    type: 'nominal',
    title: within,
    scale: { type: 'point', domain: [...levels], padding: 0.15 },
    axis: { labelAngle: 0 },
  };
  const y = {
    field: 'value',
    type: 'quantitative',
    title: `${title}, ${unit}`,
    scale: { domain, nice: false },
    axis: LEVEL_TITLE,
  };
  return {
    height: HEIGHT_PX,
    // Room for labels is measured before the levels move apart to their final places.
    padding: { left: 2, top: 4, bottom: 2, right: 14 },
    encoding: { x, y, color },
    layer: [...seedLayers(title), ...meanLayers, labelLayer(labels, levels.at(-1) as string, color)],
  };
}

/** "plain +0.356" at the last mean of each group: by how much the mean moves from the first level to the last. */
function endsOf(rows: Row[], groups: readonly string[], digits: number) {
  return groups.flatMap(group => {
    const means = rows.filter(row => row.group === group && row.seed === MEAN).map(row => Number(row.value));
    const [first = 0, last = 0] = [means[0], means.at(-1)];
    const change = `${last < first ? '' : '+'}${formatNumber(last - first, digits)}`;
    return means.length > 1 ? [{ arm: group, group, text: `${group} ${change}`, y: last }] : [];
  });
}

function seedLayers(title: string): Spec[] {
  const tooltip = [
    { field: 'arm', title: 'arm' },
    { field: 'seed', title: 'seed' },
    { field: 'value', type: 'quantitative', title: title.toLowerCase(), format: '.4f' },
  ];
  return [
    {
      transform: SEEDS,
      mark: { type: 'line', strokeWidth: 1, opacity: 0.55 },
      encoding: { detail: { field: 'seed' } },
    },
    { transform: SEEDS, mark: { type: 'circle', size: 22, opacity: 0.7 }, encoding: { tooltip } },
  ];
}

const meanLayers: Spec[] = [
  { transform: MEANS, mark: { type: 'line', strokeWidth: 3 } },
  { transform: MEANS, mark: { type: 'circle', size: 70, opacity: 1 } },
];

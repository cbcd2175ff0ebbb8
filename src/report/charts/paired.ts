import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber, mean } from '../../stats/index.ts';
import { type ArmDesign, designOf } from '../design.ts';
import { claimedMetric, digitsOf, figuresOf, titleInUnit } from '../metrics.ts';
import { figuresUp, levelChannels } from './_channels.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { labelLayer, spreadLabels } from './_labels.ts';
import { PADDING } from './_looks.ts';
import { niceDomain } from './_scales.ts';
import { MEAN, MEANS, SEEDS } from './_seeds.ts';

const HEIGHT_PX = 236;

export default defineChart({
  name: 'paired',
  title: 'The same seed at each level',
  place: 'claims',
  order: 2,
  rows: rowsOf,
  columns,
  about: results =>
    `Thin line: one seed. Thick line: mean of the seeds that every arm has, with its change from left to right. Runs of one seed drew the same images in the same order, so only ${designOf(results).within || 'the arm'} differs along a line.`,
  describe,
  spec: specOf,
});

/** More places side by side are not a slope any more. */
const MOST_LEVELS = 6;

/** Only where the last factor has levels to compare, and not too many. */
function rowsOf(results: ExperimentResults): Row[] {
  const { arms, levels, groups } = designOf(results);
  if (levels.length < 2 || levels.length > MOST_LEVELS || !isGrid(arms, levels, groups)) return [];
  const figures = figuresOf(results, claimedMetric(results));
  const valuesOf = (arm: string): SeedValue[] =>
    (figures.find(figure => figure.arm === arm)?.values ?? []).filter(({ value }) => Number.isFinite(value));
  // Like the verdict, means compare only seeds that every arm has: else their difference is not that of any seed.
  const complete = results.seeds.filter(seed => arms.every(({ arm }) => valuesOf(arm).some(one => one.seed === seed)));
  return arms.flatMap(arm => armRows(arm, valuesOf(arm.arm), complete));
}

/** Each group has each level once: else a line would join what is not to be compared. */
function isGrid(arms: readonly ArmDesign[], levels: readonly string[], groups: readonly string[]): boolean {
  return arms.length === levels.length * groups.length;
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
  const metric = claimedMetric(results);
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'seed', title: 'Seed' },
    { key: 'value', title: titleInUnit(metric), digits: digitsOf(figuresOf(results, metric)) + 1 },
  ];
}

function describe(rows: Row[], results: ExperimentResults): string {
  const { title, unit } = claimedMetric(results);
  const means = rows.filter(row => row.seed === MEAN).map(row => `${row.arm} ${formatNumber(Number(row.value), 3)}`);
  return `Slope plot of the final ${title.toLowerCase()} by ${designOf(results).within || 'arm'}. Means in ${unit}: ${means.join(', ')}.`;
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const metric = claimedMetric(results);
  const { levels, groups } = designOf(results);
  const { x, color } = levelChannels(results, 0.15);
  const domain = niceDomain(rows.map(row => row.value));
  const y = figuresUp('value', titleInUnit(metric), domain);
  const labels = spreadLabels(endsOf(rows, groups, digitsOf(figuresOf(results, metric))), domain, HEIGHT_PX);
  const ends = labels.map(label => ({ ...label, value: label.y, level: levels.at(-1) as string }));
  const endLayer = labelLayer(ends, 'level', { color });
  return {
    height: HEIGHT_PX,
    // Room for labels is measured before the levels move apart to their final places.
    padding: PADDING,
    encoding: { x, y, color },
    layer: [...seedLayers(metric.title), ...meanLayers, endLayer],
  };
}

/** "plain +0.356" at the last mean of each group: by how much the mean moves from the first level to the last. */
function endsOf(rows: Row[], groups: readonly string[], digits: number) {
  return groups.flatMap(group => {
    const means = rows.filter(row => row.group === group && row.seed === MEAN).map(row => Number(row.value));
    const [first = 0, last = 0] = [means[0], means.at(-1)];
    const change = `${last < first ? '' : '+'}${formatNumber(last - first, digits)}`;
    return means.length > 1 ? [{ arm: group, group, text: `${group || 'mean'} ${change}`, y: last }] : [];
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

import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber } from '../../stats/index.ts';
import { designOf } from '../design.ts';
import { claimedMetric, digitsOf, figuresOf, titleInUnit } from '../metrics.ts';
import { figuresUp, levelChannels } from './_channels.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { endsOf, intervalColumns } from './_interval.ts';
import { labelLayer, spreadLabels } from './_labels.ts';
import { PADDING } from './_looks.ts';
import { type Domain, niceDomain } from './_scales.ts';

const HEIGHT_PX = 236;

export default defineChart({
  name: 'interaction',
  title: 'Do the factors interact?',
  place: 'claims',
  order: 3,
  rows: rowsOf,
  columns,
  about: results =>
    `Dot: mean of the finished seeds. Upright line: 95 % interval of that mean. Parallel lines: ${designOf(results).within} matters as much in each group, and the factors only add up; lines that are not parallel: they interact. ${results.verdicts.length > 0 ? 'Whether that is more than chance the claims say, which compare seed by seed.' : 'Means of few seeds are never quite parallel.'}`,
  describe: (rows, results) =>
    `Interaction plot of the final ${claimedMetric(results).title.toLowerCase()} by ${designOf(results).within}. ${rows.map(row => `${row.arm} ${formatNumber(Number(row.mean), 3)}`).join(', ')}.`,
  spec: specOf,
});

/** Two factors at least, with levels to compare in both. */
function rowsOf(results: ExperimentResults): Row[] {
  const { arms, levels, groups } = designOf(results);
  if (levels.length < 2 || groups.length < 2) return [];
  const figures = figuresOf(results, claimedMetric(results));
  return arms.flatMap(({ arm, group, level }, i) => {
    const { mean, interval } = figures[i] ?? {};
    if (mean === undefined || !Number.isFinite(mean)) return [];
    return [{ arm, group, level, mean, ...endsOf(interval) }];
  });
}

function columns(results: ExperimentResults): Column[] {
  const metric = claimedMetric(results);
  const digits = digitsOf(figuresOf(results, metric));
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'mean', title: titleInUnit(metric), digits },
    ...intervalColumns(digits),
  ];
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const { x, color } = levelChannels(results, 0.25);
  const domain = niceDomain(rows.flatMap(row => [row.mean, row.low, row.high]));
  const y = figuresUp('mean', titleInUnit(claimedMetric(results)), domain);
  const tooltip = ['arm', 'mean', 'low', 'high'].map(field => ({ field }));
  return {
    height: HEIGHT_PX,
    padding: PADDING,
    encoding: { x, y, color },
    layer: [
      { mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } } },
      { mark: { type: 'line', strokeWidth: 2.5 }, encoding: { detail: { field: 'group' } } },
      { mark: { type: 'circle', size: 70, opacity: 1 }, encoding: { tooltip } },
      labelLayer(namesOf(rows, designOf(results).groups, domain), 'level', { color }),
    ],
  };
}

/** The group's name at its last level. */
function namesOf(rows: readonly Row[], groups: readonly string[], domain: Domain): Spec[] {
  const last = groups.flatMap(group => rows.filter(row => row.group === group).slice(-1));
  const labels = last.map(row => ({
    arm: String(row.group),
    text: String(row.group),
    y: Number(row.mean),
    level: String(row.level),
  }));
  return spreadLabels(labels, domain, HEIGHT_PX).map(({ arm, text, y, level = '' }) => ({
    group: arm,
    text,
    mean: y,
    level,
  }));
}

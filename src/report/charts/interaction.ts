import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber } from '../../stats/index.ts';
import { designOf } from '../design.ts';
import { claimedMetric, digitsOf, figuresOf } from '../metrics.ts';
import { HUES } from '../palette.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { labelLayer, spreadLabels } from './_labels.ts';
import { LEVEL_TITLE } from './_looks.ts';
import { niceDomain } from './_scales.ts';

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
    return [{ arm, group, level, mean, low: interval?.[0] ?? null, high: interval?.[1] ?? null }];
  });
}

function columns(results: ExperimentResults): Column[] {
  const { title, unit } = claimedMetric(results);
  const digits = digitsOf(figuresOf(results, claimedMetric(results)));
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'mean', title: `${title}, ${unit}`, digits },
    { key: 'low', title: '95 % interval from', digits },
    { key: 'high', title: 'to', digits },
  ];
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const { title, unit } = claimedMetric(results);
  const { within, levels, groups } = designOf(results);
  const domain = niceDomain(rows.flatMap(row => [row.mean, row.low, row.high]));
  const range = groups.map((_, i) => HUES[i % HUES.length] as string);
  const color = { field: 'group', type: 'nominal', legend: null, scale: { domain: [...groups], range } };
  const scale = { type: 'point', domain: [...levels], padding: 0.25 };
  const x = { field: 'level', type: 'nominal', title: within, scale, axis: { labelAngle: 0 } };
  const y = {
    field: 'mean',
    type: 'quantitative',
    title: `${title}, ${unit}`,
    scale: { domain, nice: false },
    axis: LEVEL_TITLE,
  };
  const tooltip = ['arm', 'mean', 'low', 'high'].map(field => ({ field }));
  return {
    height: HEIGHT_PX,
    padding: { left: 2, top: 4, bottom: 2, right: 14 },
    encoding: { x, y, color },
    layer: [
      { mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } } },
      { mark: { type: 'line', strokeWidth: 2.5 }, encoding: { detail: { field: 'group' } } },
      { mark: { type: 'circle', size: 70, opacity: 1 }, encoding: { tooltip } },
      labelLayer(endsOf(rows, groups, domain), 'level', { color }),
    ],
  };
}

/** The group's name at its last level. */
function endsOf(rows: readonly Row[], groups: readonly string[], domain: [number, number]): Spec[] {
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

import type { ExperimentResults } from '../../core/results.ts';
import { digitsFor, formatNumber, standardDeviation } from '../../stats/index.ts';
import { claimedMetric, figuresOf } from '../metrics.ts';
import { armChannels, armsDown, figuresAcross } from './_channels.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { PADDING } from './_looks.ts';
import { niceDomain } from './_scales.ts';

const ROW_PX = 30;

export default defineChart({
  name: 'noise',
  title: 'How far seeds lie from their arm’s mean',
  place: 'noise',
  order: 1,
  rows: rowsOf,
  tableRows: rows => rows.filter(row => row.seed === null),
  columns,
  about: results =>
    `Ring: how far one seed lies from its arm’s mean, in ${claimedMetric(results).title.toLowerCase()}. Bar: one standard deviation to either side. All else in an arm is equal, so this is what chance alone makes of a result; a single run tells nothing smaller.`,
  describe: rows =>
    `Deviation of seeds from the mean of their arm. Standard deviations: ${rows
      .filter(row => row.seed === null)
      .map(row => `${row.arm} ${formatNumber(Number(row.deviation), digitsFor(Number(row.deviation)))}`)
      .join(', ')}.`,
  spec: specOf,
});

/** A row a seed, and one an arm with its standard deviation. One seed has none. */
function rowsOf(results: ExperimentResults): Row[] {
  return figuresOf(results, claimedMetric(results)).flatMap(({ arm, values, mean }) => {
    const finite = values.filter(({ value }) => Number.isFinite(value));
    if (finite.length < 2 || finite.length < values.length) return [];
    const deviation = standardDeviation(finite.map(({ value }) => value));
    const seeds = finite.map(({ seed, value }): Row => ({ arm, seed: String(seed), off: value - mean }));
    return [...seeds, { arm, seed: null, deviation, less: -deviation, seeds: finite.length }];
  });
}

function columns(results: ExperimentResults): Column[] {
  const { title, unit } = claimedMetric(results);
  const deviations = rowsOf(results).flatMap(row => (row.seed === null ? [Number(row.deviation)] : []));
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'seeds', title: 'Seeds', digits: 0 },
    {
      key: 'deviation',
      title: `Standard deviation of ${title.toLowerCase()}, ${unit}`,
      digits: digitsFor(Math.max(0, ...deviations)) + 1,
    },
  ];
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const { title, unit } = claimedMetric(results);
  const domain = niceDomain(rows.flatMap(row => [row.off, row.deviation, row.less]));
  const x = figuresAcross('off', `${title} less the arm’s mean, ${unit}`, domain);
  const arms = [...new Set(rows.map(row => String(row.arm)))];
  const tooltip = ['arm', 'seed', 'off'].map(field => ({ field, ...(field === 'off' && { format: '.3~r' }) }));
  return {
    height: Math.max(100, ROW_PX * arms.length),
    padding: PADDING,
    encoding: { y: armsDown(arms), color: armChannels(results).color },
    layer: [
      {
        transform: [{ filter: 'datum.seed === null' }],
        mark: { type: 'bar', height: 10, opacity: 0.25 },
        encoding: { x: { ...x, field: 'less' }, x2: { field: 'deviation' } },
      },
      {
        transform: [{ filter: 'datum.seed !== null' }],
        mark: { type: 'point', size: 40, strokeWidth: 1.5, opacity: 0.9 },
        encoding: { x, tooltip },
      },
    ],
  };
}

import type { ExperimentResults } from '../../core/results.ts';
import { formatNumber, mean, meanInterval } from '../../stats/index.ts';
import { finishedRuns, metricOf, titleInUnit } from '../metrics.ts';
import { armChannels, armsDown, figuresAcross } from './_channels.ts';
import { type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { endsOf, intervalColumns } from './_interval.ts';
import { PADDING } from './_looks.ts';
import { niceDomain } from './_scales.ts';

const ROW_PX = 34;
const LEVEL = 0.95;
const DIGITS = 2;

export default defineChart({
  name: 'gap',
  title: 'Training error and test error',
  place: 'arms',
  order: 5,
  rows: rowsOf,
  columns,
  about: () =>
    'Ring: mean training error of the last steps. Dot: mean test error after the last step. The line between them is the gap of generalisation; in the table with its 95 % interval over seeds. Training figures are of nets that still change and of augmented images, so a gap may be negative.',
  describe: rows =>
    `Training and test error of each arm. Gaps in percentage points: ${rows.map(row => `${row.arm} ${formatNumber(Number(row.gap), DIGITS)}`).join(', ')}.`,
  spec: specOf,
});

/** Errors, where runs have them; else losses are no matter of this chart. */
function rowsOf(results: ExperimentResults): Row[] {
  return results.arms.flatMap(arm => {
    const pairs = finishedRuns(results, arm)
      .map(({ metrics }) => ({
        train: 100 * (metrics['train.top1'] ?? Number.NaN),
        test: 100 * (metrics['test.top1'] ?? Number.NaN),
      }))
      .filter(({ train, test }) => Number.isFinite(train) && Number.isFinite(test));
    if (pairs.length === 0) return [];
    const gaps = pairs.map(({ train, test }) => test - train);
    const means = { train: mean(pairs.map(pair => pair.train)), test: mean(pairs.map(pair => pair.test)) };
    return [{ arm, ...means, gap: mean(gaps), ...endsOf(meanInterval(gaps, LEVEL)) }];
  });
}

function columns(): Column[] {
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'train', title: titleInUnit(metricOf('train.top1')), digits: DIGITS },
    { key: 'test', title: titleInUnit(metricOf('test.top1')), digits: DIGITS },
    { key: 'gap', title: 'Gap, pp', digits: DIGITS },
    ...intervalColumns(DIGITS),
  ];
}

function specOf(rows: Row[], results: ExperimentResults): Spec {
  const domain = niceDomain(rows.flatMap(row => [row.train, row.test]));
  const x = figuresAcross('train', 'error, %', domain);
  const y = armsDown(rows.map(row => String(row.arm)));
  const tooltip = ['arm', 'train', 'test', 'gap'].map(field => ({ field, ...(field !== 'arm' && { format: '.3~r' }) }));
  return {
    height: Math.max(100, ROW_PX * rows.length),
    padding: PADDING,
    encoding: { y, color: armChannels(results).color },
    layer: [
      { mark: { type: 'rule', strokeWidth: 2 }, encoding: { x, x2: { field: 'test' } } },
      { mark: { type: 'point', size: 60, strokeWidth: 2, opacity: 1 }, encoding: { x, tooltip } },
      { mark: { type: 'circle', size: 90, opacity: 1 }, encoding: { x: { ...x, field: 'test' }, tooltip } },
    ],
  };
}

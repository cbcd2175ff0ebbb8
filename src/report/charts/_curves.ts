/** Curves of one metric: a mean line an arm, the band of its seeds, and each seed on demand. */
import { formatNumber } from '../../stats/index.ts';
import type { ReportResults } from '../costs.ts';
import { type Metric, metricOf, titleInUnit } from '../metrics.ts';
import { armChannels } from './_channels.ts';
import { type ChartDefinition, type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { type CurveAxes, curveAxes } from './_curve-axes.ts';
import { bucketSteps, curveRows, curveTableRows, lastMeans } from './_curve-rows.ts';
import { areMany, fading, highlightParams, IS_LIT } from './_highlight.ts';
import { labelLayer, spreadForBoth } from './_labels.ts';
import { nameUp } from './_log-up.ts';
import { LEVEL_TITLE } from './_looks.ts';
import { type Domain, niceDomain } from './_scales.ts';
import { MEANS, SEEDS } from './_seeds.ts';

const LEAST_HEIGHT_PX = 280;
const ARM_PX = 16;
const BAND_OPACITY = 0.14;
const LEADER_PX = 20;
const LEADERS = {
  mark: { type: 'rule', strokeWidth: 0.75, xOffset: 5, x2Offset: LEADER_PX + 5 },
  encoding: { x: { field: 'across' }, x2: { field: 'across' }, y: { field: 'end' }, y2: { field: 'up' } },
};
const MARK = { type: 'point', filled: true, size: 45 };

export interface CurveChartOptions extends Pick<ChartDefinition, 'name' | 'title' | 'order'> {
  metric: string;
  /** Few and far between: each is marked. */
  evaluations?: boolean;
}

export function defineCurveChart({ metric: metricName, evaluations = false, ...names }: CurveChartOptions) {
  const metric = metricOf(metricName);
  return defineChart({
    ...names,
    place: 'curves',
    rows: results => curveRows(results, metric),
    columns: () => columns(metric),
    tableRows: curveTableRows,
    about: results => about(bucketSteps(results, metricName), evaluations, areMany(results)),
    describe: (rows, results) => describe(rows, results, metric),
    spec: (rows, results) => specOf(rows, results, metric, evaluations),
  });
}

const digitsIn = ({ unit }: Metric): number => (unit === '%' ? 2 : 4);

function columns(metric: Metric): Column[] {
  const digits = digitsIn(metric);
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'step', title: 'Step', digits: 0 },
    { key: 'value', title: `Mean of seeds, ${metric.unit}`, digits },
    { key: 'low', title: 'Least seed', digits },
    { key: 'high', title: 'Greatest seed', digits },
  ];
}

function about(bucket: number, evaluations: boolean, many: boolean): string {
  const points = evaluations
    ? 'Each dot is one evaluation, none is smoothed; the last is on the whole test set, those before it may be on a part.'
    : 'No step is smoothed.';
  const smoothing = bucket > 1 ? `Smoothed: each point is the mean of ${bucket} consecutive steps.` : points;
  const whose = many ? ' of the highlighted arm' : '';
  return `Line: mean of the finished seeds. Band${whose}: from the least seed to the greatest. ${smoothing}`;
}

function describe(rows: Row[], results: ReportResults, { title, unit }: Metric): string {
  const digits = unit === '%' ? 1 : 3;
  const ends = lastMeans(rows, results).map(row => `${row.arm} ${formatNumber(Number(row.value), digits)} ${unit}`);
  return `Line chart of ${title.toLowerCase()} against training step, one line an arm. At the end: ${ends.join(', ')}.`;
}

function specOf(rows: Row[], results: ReportResults, metric: Metric, evaluations: boolean): Spec {
  const { color, strokeDash, shape } = armChannels(results);
  const domain = niceDomain(rows.flatMap(row => [row.value, row.low, row.high]));
  const axes = curveAxes(results, rows, domain);
  const axis = { ...LEVEL_TITLE, ...axes.yAxis };
  const y = { type: 'quantitative', title: titleInUnit(metric), scale: axes.yScale, axis };
  const ends = lastMeans(rows, results);
  const fade = fading(results);
  const lines = { transform: axes.transform({ up: 'value', upLow: 'low', upHigh: 'high' }) };
  return {
    height: heightOf(results),
    padding: { left: 2, top: 4, bottom: 2, right: 2 },
    title: axes.title,
    params: [
      { name: 'eachSeed', value: ends.length === 0, bind: { input: 'checkbox', name: 'Show each seed ' } },
      ...highlightParams(results),
      ...axes.params,
    ],
    encoding: { x: axes.x, y: { ...y, field: 'up' }, color },
    layer: [
      {
        ...lines,
        layer: [
          bandLayer(y, results),
          seedLayer(strokeDash, results),
          ...meanLayers(metric, { strokeDash, ...fade }, evaluations ? { shape, ...fade } : null),
        ],
      },
      endMarks(ends, axes, { shape, ...fade }),
      ...endLabels(results, ends, domain, axes, { color, ...fade }),
    ],
  };
}

/** Names at the ends need a line each. */
const heightOf = ({ arms }: ReportResults): number => Math.max(LEAST_HEIGHT_PX, ARM_PX * arms.length);

/** Of many arms each is led to its line. */
function endLabels(results: ReportResults, ends: readonly Row[], domain: Domain, axes: CurveAxes, looks: Spec): Spec[] {
  const labels = ends.map(({ arm, step = 0, seconds = null, value = null }) => {
    return { arm: String(arm), text: String(arm), step, seconds, value, y: Number(value) };
  });
  const values = spreadForBoth(labels, domain, axes.logDomain, heightOf(results));
  const transform = [...axes.transform({ end: 'value' }), nameUp('up')];
  const roomPx = areMany(results) ? LEADER_PX : 0;
  const names = { ...labelLayer(values, 'across', looks, roomPx), transform };
  const leaders = { ...LEADERS, data: { values }, transform, encoding: { ...LEADERS.encoding, ...looks } };
  return roomPx > 0 ? [leaders, names] : [names];
}

/** Of many arms that of the highlighted one. */
const bandLayer = (y: Spec, results: ReportResults): Spec => ({
  transform: MEANS,
  mark: { type: 'area', line: false },
  encoding: {
    y: { ...y, field: 'upLow' },
    y2: { field: 'upHigh' },
    opacity: areMany(results)
      ? { condition: { test: 'datum.arm === highlight', value: BAND_OPACITY }, value: 0 }
      : { value: BAND_OPACITY },
  },
});

const seedLayer = (strokeDash: Spec, results: ReportResults): Spec => ({
  transform: SEEDS,
  mark: { type: 'line', strokeWidth: 0.9 },
  encoding: {
    strokeDash,
    detail: { field: 'seed' },
    opacity: { condition: { test: areMany(results) ? `eachSeed && (${IS_LIT})` : 'eachSeed', value: 0.65 }, value: 0 },
  },
});

/** The line, and what the pointer finds on it: of evaluations marks that are seen, else room around each point. */
function meanLayers({ title, unit }: Metric, looks: Spec, marks: Spec | null): Spec[] {
  const format = `.${digitsIn({ name: '', title, unit })}f`;
  const tooltip = [
    { field: 'arm', title: 'arm' },
    { field: 'step', type: 'quantitative', title: 'step', format: ',d' },
    { field: 'value', type: 'quantitative', title: `${title.toLowerCase()}, ${unit}`, format },
    { field: 'low', type: 'quantitative', title: 'least seed', format },
    { field: 'high', type: 'quantitative', title: 'greatest seed', format },
  ];
  const found = marks
    ? { mark: MARK, encoding: { ...marks, tooltip } }
    : { mark: { type: 'circle', size: 120, opacity: 0 }, encoding: { tooltip } };
  return [
    { transform: MEANS, mark: { type: 'line' }, encoding: looks },
    { transform: MEANS, ...found },
  ];
}

/** The arm's shape where its line ends: who cannot tell two colours apart tells these. */
const endMarks = (ends: readonly Row[], axes: CurveAxes, looks: Spec): Spec => ({
  data: { values: [...ends] },
  transform: axes.transform({ up: 'value' }),
  mark: MARK,
  encoding: looks,
});

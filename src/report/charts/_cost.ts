/** Error against what a net costs, with the Pareto front: the arms that no other beats in both. */
import { formatNumber } from '../../stats/index.ts';
import type { ArmCost, ReportResults } from '../costs.ts';
import { digitsOf, errorMetric, figuresOf, titleInUnit } from '../metrics.ts';
import { armChannels, figuresUp } from './_channels.ts';
import { type ChartDefinition, type Column, defineChart, type Row, type Spec } from './_chart.ts';
import { areMany } from './_highlight.ts';
import { endsOf, intervalColumns } from './_interval.ts';
import { colour } from './_looks.ts';
import { niceDomain } from './_scales.ts';

const HEIGHT_PX = 260;
const ON_FRONT = 'datum.front === "yes"';

interface CostChartOptions extends Pick<ChartDefinition, 'name' | 'title' | 'order'> {
  count: Extract<keyof ArmCost, 'parameters' | 'macs'>;
  /** As the axis names it. */
  countTitle: string;
}

export function defineCostChart({ count, countTitle, ...names }: CostChartOptions) {
  return defineChart({
    ...names,
    place: 'cost',
    rows: results => rowsOf(results, count),
    columns: results => columns(results, countTitle),
    about: results =>
      `Dot: mean of the finished seeds. Upright line: 95 % interval of that mean. Stepped line: the Pareto front, below and left of which no arm lies. It joins means; where intervals overlap, an arm may be on it by chance.${areMany(results) ? ' Only arms on the front are named; the table names all.' : ''}`,
    describe: rows => describe(rows, countTitle),
    spec: (rows, results) => specOf(rows, results, countTitle),
  });
}

function rowsOf(results: ReportResults, count: CostChartOptions['count']): Row[] {
  const metric = errorMetric(results);
  if (metric === undefined) return [];
  const points = figuresOf(results, metric).flatMap(({ arm, mean, interval }) => {
    const cost = results.costs?.find(one => one.arm === arm)?.[count];
    if (cost === undefined || !Number.isFinite(mean)) return [];
    return [{ arm, cost, mean, ...endsOf(interval) }];
  });
  // Nets of one size have no front.
  if (new Set(points.map(({ cost }) => cost)).size < 2) return [];
  return points.map(point => ({ ...point, front: points.some(other => beats(other, point)) ? 'no' : 'yes' }));
}

interface Point {
  cost: number;
  mean: number;
}

/** No worse in both, and better in one. */
function beats(one: Point, other: Point): boolean {
  return one.cost <= other.cost && one.mean <= other.mean && (one.cost < other.cost || one.mean < other.mean);
}

function columns(results: ReportResults, countTitle: string): Column[] {
  const metric = errorMetric(results);
  const digits = metric ? digitsOf(figuresOf(results, metric)) : 2;
  return [
    { key: 'arm', title: 'Arm' },
    { key: 'cost', title: countTitle, digits: 0 },
    { key: 'mean', title: metric ? titleInUnit(metric) : 'Error', digits },
    ...intervalColumns(digits),
    { key: 'front', title: 'On the front' },
  ];
}

function describe(rows: Row[], countTitle: string): string {
  const front = rows.filter(row => row.front === 'yes');
  const words = front.map(row => `${row.arm} (${row.cost}: ${formatNumber(Number(row.mean), 2)})`);
  return `Scatter plot of the error of each arm against its ${countTitle.toLowerCase()}. On the Pareto front: ${words.join(', ')}.`;
}

function specOf(rows: Row[], results: ReportResults, countTitle: string): Spec {
  const metric = errorMetric(results);
  const domain = niceDomain(rows.flatMap(row => [row.mean, row.low, row.high]));
  const costs = rows.map(row => Number(row.cost));
  const scale = { type: 'log', domain: [Math.min(...costs), Math.max(...costs)], nice: false, padding: 24 };
  const x = { field: 'cost', type: 'quantitative', title: countTitle, scale, axis: { format: '.3~s' } };
  const y = figuresUp('mean', metric ? titleInUnit(metric) : 'Error', domain);
  const { color, shape } = armChannels(results);
  const tooltip = ['arm', 'cost', 'mean', 'low', 'high'].map(field => ({ field }));
  return {
    height: HEIGHT_PX,
    padding: { left: 2, top: 4, bottom: 2, right: 70 },
    encoding: { x, y },
    layer: [
      {
        transform: [{ filter: ON_FRONT }],
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1, color: colour('muted') },
        encoding: {},
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      { mark: { type: 'point', filled: true, size: 80, opacity: 1 }, encoding: { color, shape, tooltip } },
      {
        ...(areMany(results) && { transform: [{ filter: ON_FRONT }] }),
        mark: { type: 'text', align: 'left', dx: 9, dy: -8 },
        encoding: { text: { field: 'arm' }, color },
      },
    ],
  };
}

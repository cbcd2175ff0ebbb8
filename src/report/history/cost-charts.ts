/** Top-5 error of single nets against what they cost, by our counts, with a Pareto front for each way of measuring. */
import type { Row, Spec } from '../charts/_chart.ts';
import { colour } from '../charts/_looks.ts';
import type { DrawnChart } from '../sections/figures.ts';
import { COUNTS, xChannel, yChannel } from './axes.ts';
import type { Views } from './entries.ts';
import { FIGURE_COLUMNS, figureRow } from './error-charts.ts';
import type { PublishedFigure } from './published.ts';
import { type Avoided, type MarkLook, type Scatter, scatterChart } from './scatter.ts';

const LOOKS: Record<Views, MarkLook> = {
  'one crop': { shape: 'circle', hue: 'hue-2', filled: true },
  'ten crops': { shape: 'square', hue: 'hue-1', filled: true },
  'dense, one scale': { shape: 'triangle-up', hue: 'hue-3', filled: true },
  'several scales': { shape: 'diamond', hue: 'hue-4', filled: true },
};
const ERROR_AXIS: Scatter['y'] = {
  title: 'Top-5 error, %',
  domain: [4, 22],
  log: true,
  values: [4, 5, 6, 8, 10, 15, 20],
};
const WIDTHS_PX = [300, 400];
const HEIGHT_PX = 400;

const COST = {
  parameters: {
    domain: [5, 260],
    values: [5, 10, 20, 50, 100, 200],
    digits: 1,
    about:
      'One net, validation set. Each line is the Pareto front of one way of measuring: on it, fewer parameters cost a higher error. The counts are ours (bench nets), of the papers’ forms without auxiliary heads. The error of Inception-ResNet v2 is drawn at the layers of its paper; the model that Google released has 55.8 million parameters. One-crop errors of Inception v3 and after leave out the blacklisted pictures of the validation set.',
  },
  macs: {
    domain: [0.5, 33],
    values: [0.5, 1, 2, 5, 10, 20],
    digits: 2,
    about:
      'One net, validation set, fronts as beside. The counts are ours (bench nets): one image at the net’s own size, a multiplication and an addition together as one, convolutions and dense layers. What ten crops or several scales cost more is not counted in.',
  },
} as const;
type CostName = keyof typeof COST;

export function costCharts(figures: readonly PublishedFigure[]): DrawnChart[] {
  return (['parameters', 'macs'] as const).map(cost => costChart(figures, cost));
}

/** Those of the same views that no other beats: fewer of x and a lower error. By rising x. */
export function paretoFront(rows: readonly Row[]): Row[] {
  const rising = rows.toSorted((a, b) => Number(a.x) - Number(b.x) || Number(a.error) - Number(b.error));
  return rising.filter((row, i) => rising.slice(0, i).every(other => Number(row.error) < Number(other.error)));
}

function costChart(figures: readonly PublishedFigure[], cost: CostName): DrawnChart {
  const { title, name, scale } = COUNTS[cost];
  const { domain, values, digits, about } = COST[cost];
  const rows = figures.flatMap(figure => costRow(figure, figure[cost], scale));
  const fronts = Object.keys(LOOKS).map(views => paretoFront(rows.filter(row => row.kind === views)));
  const shown = rows.map(row => ({ ...row, front: fronts.some(front => front.includes(row)) ? 'yes' : 'no' }));
  const x = { title, domain, log: true, values };
  const description = `Fronts, cheapest first: ${fronts.map(describeFront).join('; ')}.`;
  const axes = { x, y: ERROR_AXIS };
  return scatterChart({
    name: `error-by-${cost}`,
    title: `Top-5 error by ${name}`,
    rows: shown,
    description,
    ...axes,
    looks: LOOKS,
    heightPx: HEIGHT_PX,
    widthsPx: WIDTHS_PX,
    avoid: fronts.flatMap(stepsOf),
    under: fronts.filter(front => front.length > 1).map(front => frontLine(front, axes)),
    columns: [...FIGURE_COLUMNS, { key: 'x', title, digits }, { key: 'front', title: 'On the front' }],
    about,
  });
}

function costRow(figure: PublishedFigure, count: number | null, scale: number): Row[] {
  if (count === null || figure.views === null) return [];
  return [{ ...figureRow(figure), x: count * scale, kind: figure.views, won: 'no', rank: figure.error }];
}

function frontLine(front: Row[], axes: Pick<Scatter, 'x' | 'y'>): Spec {
  const { hue } = LOOKS[(front[0] as Row).kind as Views];
  return {
    data: { values: front },
    mark: { type: 'line', interpolate: 'step-after', stroke: colour(hue), strokeWidth: 1.25, opacity: 0.75 },
    encoding: { x: xChannel(axes), y: yChannel(axes) },
  };
}

/** Level from one mark to below the next, then down to it. */
function stepsOf(front: readonly Row[]): Avoided[] {
  const places = front.map(({ x, error }) => ({ x: Number(x), error: Number(error) }));
  return places.slice(1).flatMap((to, i) => {
    const from = places[i] as { x: number; error: number };
    return [
      { x: [from.x, to.x], error: [from.error, from.error] },
      { x: [to.x, to.x], error: [from.error, to.error] },
    ];
  });
}

const describeFront = (front: readonly Row[]): string =>
  `${front[0]?.kind}: ${front.map(({ name, error }) => `${name} ${Number(Number(error).toFixed(2))} %`).join(', ')}`;

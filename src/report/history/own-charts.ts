/** Our own errors beside the published ones, against depth and cost: small forms at the left, the papers' at the right. */
import type { Column, Row } from '../charts/_chart.ts';
import { type ColourName, SHAPES } from '../palette.ts';
import type { DrawnChart } from '../sections/figures.ts';
import { type Axis, COUNTS } from './axes.ts';
import { lowestOf, type PublishedFigure } from './published.ts';
import { type MarkLook, scatterChart, WIDE_PX } from './scatter.ts';

/** Of an arm of a recorded experiment. */
export interface OwnError {
  experiment: string;
  arm: string;
  net: string;
  dataset: string;
  tier: string;
  seeds: number;
  /** Share of the test set whose first class is wrong: mean over seeds, and its interval. */
  error: number;
  interval: readonly [number, number] | null;
  depth: number;
  parameters: number;
  macs: number;
}

const PUBLISHED = 'published: ImageNet, top-5, paper’s form';
const HUES: readonly ColourName[] = ['hue-1', 'hue-3', 'hue-4', 'hue-5', 'hue-6'];
const HEIGHT_PX = 400;
/** Beyond the outermost marks, as a factor. */
const ROOM = 1.25;

const DIGITS = { depth: 0, parameters: 3, macs: 4 } as const;

const COLUMNS: Column[] = [
  { key: 'name', title: 'Net or arm' },
  { key: 'kind', title: 'What' },
  { key: 'error', title: 'Error, %', digits: 2 },
  { key: 'spread', title: '95 % interval' },
  { key: 'seeds', title: 'Seeds' },
  { key: 'experiment', title: 'Experiment' },
];

/** None without a record. */
export function ownCharts(figures: readonly PublishedFigure[], own: readonly OwnError[]): DrawnChart[] {
  if (own.length === 0) return [];
  const published = lowestOf(
    figures.filter(({ kind, net }) => kind === 'one net, val' && net !== null),
    ({ net }) => net as string,
  );
  return (['depth', 'parameters', 'macs'] as const).map(axis => ownChart(published, own, axis));
}

function ownChart(
  published: readonly PublishedFigure[],
  own: readonly OwnError[],
  axis: keyof typeof COUNTS,
): DrawnChart {
  const { title, name, scale } = COUNTS[axis];
  const rows = [
    ...published.flatMap(figure => publishedRow(figure, figure[axis], scale)),
    ...own.map(one => ownRow(one, one[axis] * scale)),
  ];
  const description = `${own.length} of our arms, errors of ${span(own.map(({ error }) => 100 * error))} %; ${published.length} published nets, ${span(published.map(({ error }) => 100 * error))} %.`;
  return scatterChart({
    name: `own-error-by-${axis}`,
    title: `Our errors and the published ones by ${name}`,
    rows,
    description,
    heightPx: HEIGHT_PX,
    widthsPx: WIDE_PX,
    x: axisOf(title, rows, 'x'),
    y: axisOf('Error, %', rows, 'error'),
    looks: looksOf(own),
    columns: [...COLUMNS, { key: 'x', title, digits: DIGITS[axis] }],
    about:
      'Filled marks are ours: arms of recorded experiments, the mean over seeds of the error of the first guess. Hollow ones are published, of the first five guesses on ImageNet. The two are not comparable in height, since images, classes and length of training differ; what can be compared is whether the error falls as a net grows. Counts are ours.',
  });
}

function publishedRow({ name, error, source }: PublishedFigure, count: number | null, scale: number): Row[] {
  if (count === null) return [];
  const shown = { name, kind: PUBLISHED, error: 100 * error, x: count * scale, won: 'no', rank: 100 * error };
  return [{ ...shown, spread: '–', seeds: '–', experiment: source }];
}

function ownRow({ experiment, arm, net, tier, seeds, error, interval, ...rest }: OwnError, x: number): Row {
  const spread = interval ? interval.map(end => (100 * end).toFixed(1)).join(' to ') : '–';
  const shown = {
    name: `${net}, ${arm}`,
    kind: kindOf(rest),
    error: 100 * error,
    x,
    won: 'no',
    rank: 1000 + 100 * error,
  };
  return { ...shown, spread, seeds: String(seeds), experiment: `${experiment}, ${tier}` };
}

const kindOf = ({ dataset }: Pick<OwnError, 'dataset'>): string => `ours: ${dataset}, top-1`;

function looksOf(own: readonly OwnError[]): Record<string, MarkLook> {
  const looks = [...new Set(own.map(kindOf))].map((kind, i): [string, MarkLook] => {
    const shape = SHAPES[(i + 1) % SHAPES.length] as string;
    return [kind, { shape, hue: HUES[i % HUES.length] as ColourName, filled: true }];
  });
  return { [PUBLISHED]: { shape: 'circle', hue: 'hue-2', filled: false }, ...Object.fromEntries(looks) };
}

/** Logarithmic, as wide as the marks are apart. */
function axisOf(title: string, rows: readonly Row[], key: 'x' | 'error'): Axis {
  const values = rows.map(row => Number(row[key]));
  const domain = [Math.min(...values) / ROOM, Math.max(...values) * ROOM] as const;
  return { title, domain, log: true, values: roundValues(domain) };
}

/** 1, 2 and 5 of each power of ten; over more than three powers only these. */
function roundValues([low, high]: readonly [number, number]): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = to - from > 4 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  return powers
    .flatMap(power => digits.map(digit => Number((digit * power).toPrecision(1))))
    .filter(value => value >= low && value <= high);
}

const span = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;

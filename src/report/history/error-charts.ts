/** Top-5 error against year and against depth. Figures of unlike kind have unlike marks, and no line joins them. */
import type { Column, Row, Spec } from '../charts/_chart.ts';
import { colour } from '../charts/_looks.ts';
import type { DrawnChart } from '../sections/figures.ts';
import { COUNTS, yChannel } from './axes.ts';
import { HUMAN } from './entries.ts';
import { type Kind, lowestOf, type PublishedFigure } from './published.ts';
import { type MarkLook, type Scatter, scatterChart, WIDE_PX } from './scatter.ts';

const ONE_NET: Kind = 'one net, val';
const LOOKS: Record<Kind, MarkLook> = {
  'one net, val': { shape: 'circle', hue: 'hue-2', filled: false },
  'several nets, val': { shape: 'square', hue: 'hue-1', filled: false },
  'several nets, test': { shape: 'square', hue: 'hue-1', filled: true },
  'several nets, test, extra data': { shape: 'diamond', hue: 'hue-4', filled: true },
  'shallow method, test': { shape: 'triangle-up', hue: 'muted', filled: true },
};
const ERROR_AXIS = { title: 'Top-5 error, %', log: true } as const;
const BY_YEAR = { ...ERROR_AXIS, domain: [2, 34], values: [2, 3, 5, 10, 20, 30] } as const;
const BY_DEPTH = { ...ERROR_AXIS, domain: [3, 21], values: [3, 4, 5, 7, 10, 15, 20] } as const;
const HEIGHT_PX = 430;
/** Marks of one year stand side by side over this share of it. */
const YEAR_SPREAD = 0.8;

export const FIGURE_COLUMNS: Column[] = [
  { key: 'name', title: 'Name' },
  { key: 'year', title: 'Year' },
  { key: 'percent', title: 'Top-5 error, %', digits: 2 },
  { key: 'models', title: 'Nets' },
  { key: 'set', title: 'Set' },
  { key: 'extra', title: 'Extra data' },
  { key: 'views', title: 'Views' },
  { key: 'source', title: 'Source' },
];
const DEPTH_COLUMN: Column = { key: 'depth', title: 'Layers' };

const percent = (error: number): string => `${Number((100 * error).toFixed(2))} %`;
const HUMAN_WORDS = `a trained person, ${percent(HUMAN.error)}`;

/** A figure as a row that charts, tables and `--json` share. */
export function figureRow(figure: PublishedFigure): Row {
  const { name, net, year, error, models, set, extraData, views, kind, won, depth, parameters, macs, source } = figure;
  return {
    ...{ name, net, kind, set, views, source, parameters, macs },
    year: String(year),
    error: 100 * error,
    percent: 100 * error,
    models: models === null ? 'not said' : String(models),
    extra: extraData ? 'yes' : 'no',
    won: won ? 'yes' : 'no',
    depth: depth === null ? null : String(depth),
  };
}

export function yearChart(figures: readonly PublishedFigure[]): DrawnChart {
  const drawn = lowestOf(figures, ({ kind, family, name }) => (kind === ONE_NET ? family : null) ?? name);
  const rows = drawn.map(figure => {
    const sameYear = drawn.filter(other => other.year === figure.year);
    const place = (sameYear.indexOf(figure) + 0.5) / sameYear.length - 0.5;
    return { ...figureRow(figure), x: figure.year + YEAR_SPREAD * place, rank: rankOf(figure) };
  });
  const years = [...new Set(drawn.map(({ year }) => year))];
  const description = `Points: ${winners(drawn).join(', ')}. A trained person: ${percent(HUMAN.error)}.`;
  const x = {
    title: 'Year',
    domain: [2009.5, 2017.9] as const,
    log: false,
    values: years,
    labelExpr: "format(datum.value, 'd')",
  };
  return scatterChart({
    name: 'error-by-year',
    title: 'Top-5 error by year',
    ...common(rows, description, BY_YEAR),
    x,
    columns: [...FIGURE_COLUMNS, { key: 'won', title: 'First of its year' }],
    tooltip: [...FIGURE_COLUMNS, DEPTH_COLUMN],
    about:
      'Published errors on ILSVRC’s classification task. Of single nets the best of a family and year is drawn, of several each; marks of one year stand side by side. Bold: first of its year. The pictures of 2010 and of 2011 are others than those of 2012 and after.',
  });
}

export function depthChart(figures: readonly PublishedFigure[]): DrawnChart {
  const drawn = lowestOf(
    figures.filter(({ depth }) => depth !== null),
    ({ kind, net, name }) => (kind === ONE_NET ? net : null) ?? name,
  );
  const rows = drawn.map(figure => ({ ...figureRow(figure), x: figure.depth, rank: rankOf(figure) }));
  const description = `Points from ${span(drawn)} layers: ${winners(drawn, true).join(', ')}. A trained person: ${percent(HUMAN.error)}.`;
  const x = {
    title: COUNTS.depth.title,
    domain: [6.5, 230] as const,
    log: true,
    values: [8, 11, 16, 22, 34, 50, 100, 152],
  };
  return scatterChart({
    name: 'error-by-depth',
    title: 'Top-5 error by depth',
    ...common(rows, description, BY_DEPTH),
    x,
    columns: [...FIGURE_COLUMNS, DEPTH_COLUMN],
    about:
      'Depth is counted in our descriptions: layers with weights on the longest way from the image to the classes. Several nets stand at the depth of the deepest (of ResNet’s six, two have 152 layers), Clarifai’s at that of ZFNet, by the same author. What is no net has no depth and is not here. Bold: first of its year.',
  });
}

function common(rows: Row[], description: string, y: Scatter['y']): Omit<Scatter, 'x' | 'tooltip'> {
  const error = 100 * HUMAN.error;
  const shared = { heightPx: HEIGHT_PX, widthsPx: WIDE_PX, looks: LOOKS, y };
  return { rows, description, ...shared, under: human(y), avoid: [{ error: [error, error], text: HUMAN_WORDS }] };
}

/** Its words stand at the left, where no net is as good. */
function human(axis: Scatter['y']): Spec[] {
  const data = { values: [{ error: 100 * HUMAN.error, text: HUMAN_WORDS }] };
  const y = yChannel({ y: axis });
  const line = { type: 'rule', strokeDash: [5, 4], stroke: colour('hue-3') };
  const text = { type: 'text', align: 'left', baseline: 'top', dx: 4, dy: 5, color: colour('hue-3') };
  return [
    { data, mark: line, encoding: { y } },
    { data, mark: text, encoding: { y, x: { value: 0 }, text: { field: 'text' } } },
  ];
}

/** Names of winners come first, then those of several nets, then the lowest. */
const rankOf = ({ won, kind, error }: PublishedFigure): number => (won ? 0 : kind === ONE_NET ? 20 : 10) + error;

function winners(figures: readonly PublishedFigure[], withDepth = false): string[] {
  return figures
    .filter(({ won }) => won)
    .map(({ name, year, error, depth }) => `${name} ${withDepth ? `${depth} layers` : year} ${percent(error)}`);
}

function span(figures: readonly PublishedFigure[]): string {
  const depths = figures.flatMap(({ depth }) => depth ?? []);
  return `${Math.min(...depths)} to ${Math.max(...depths)}`;
}

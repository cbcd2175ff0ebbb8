/** A scatter of published errors: marks by kind, names where there is room for them, both axes as the chart says. */
import { type Column, completeSpec, type Row, type Spec } from '../charts/_chart.ts';
import { colour } from '../charts/_looks.ts';
import type { ColourName } from '../palette.ts';
import type { DrawnChart } from '../sections/figures.ts';
import { type Axis, xChannel, yChannel } from './axes.ts';
import { names } from './scatter-names.ts';

/** One look of mark: what of its kind has it. */
export interface MarkLook {
  shape: string;
  hue: ColourName;
  filled: boolean;
}

export interface Scatter {
  /** Rows hold x, error, kind, name, and `rank`: names of the lowest find their place first. */
  rows: readonly Row[];
  description: string;
  heightPx: number;
  /** Widths of the plot for which names are placed; between two of them those of the smaller show. */
  widthsPx: readonly number[];
  x: Axis;
  y: Axis;
  looks: Readonly<Record<string, MarkLook>>;
  /** Fields and the words for them. */
  tooltip: readonly Pick<Column, 'key' | 'title'>[];
  /** Drawn under the marks. */
  under?: readonly Spec[];
  /** Lines under the marks and words on them, which no name may touch. */
  avoid?: readonly Avoided[];
}

/** From one place to another, in the axes' units; `x` left out: over the whole width. */
export interface Avoided {
  x?: readonly [number, number];
  error: readonly [number, number];
  /** Words at the left end below the line. */
  text?: string;
}

/** Of a plot that is as wide as the page. */
export const WIDE_PX: readonly number[] = [300, 560, 940];

type ScatterChart = DrawnChart['chart'] &
  Pick<DrawnChart, 'columns' | 'about'> &
  Omit<Scatter, 'tooltip'> &
  Partial<Pick<Scatter, 'tooltip'>>;

/** Table and, where nothing else is said, tooltips have the same columns. */
export function scatterChart({ name, title, columns, about, tooltip = columns, ...parts }: ScatterChart): DrawnChart {
  const { rows, description, heightPx, under = [] } = parts;
  const scatter = { ...parts, tooltip };
  const spec = completeSpec([...rows], description, {
    height: heightPx,
    // Again when the width is known: a legend of more rows than at first needs more height.
    autosize: { type: 'fit-x', contains: 'padding', resize: true },
    layer: [...under, marks(scatter), names(scatter)],
    resolve: { scale: { shape: 'shared' } },
  });
  return { chart: { name, title }, spec, columns, tableRows: rows, about, description };
}

function marks(scatter: Scatter): Spec {
  const kinds = Object.keys(scatter.looks).filter(kind => scatter.rows.some(row => row.kind === kind));
  const looks = kinds.map(kind => scatter.looks[kind] as MarkLook);
  const legend = legendOf(kinds);
  const by = (range: string[]): Spec => ({ field: 'kind', type: 'nominal', scale: { domain: kinds, range }, legend });
  return {
    mark: { type: 'point', size: 62, strokeWidth: 1.6, opacity: 1 },
    encoding: {
      x: xChannel(scatter),
      y: yChannel(scatter),
      shape: by(looks.map(({ shape }) => shape)),
      stroke: by(looks.map(({ hue }) => colour(hue))),
      fill: by(looks.map(({ hue, filled }) => colour(filled ? hue : 'ground'))),
      tooltip: scatter.tooltip.map(({ key, title }) => ({ field: key, title })),
    },
  };
}

const CHARACTER_PX = 6.5;
const SYMBOL_PX = 30;

/** All in a row if they fit, else in columns as wide as the longest. */
const legendOf = (kinds: readonly string[]): Spec => {
  const widths = kinds.map(({ length }) => length * CHARACTER_PX + SYMBOL_PX);
  const all = widths.reduce((sum, width) => sum + width, 0);
  const columns = `width > ${all} ? ${kinds.length} : max(1, floor(width / ${Math.max(...widths)}))`;
  return { ...LEGEND, columns: { expr: columns } };
};

const LEGEND: Spec = {
  title: null,
  orient: 'top',
  direction: 'horizontal',
  labelFontSize: 12,
  labelColor: colour('ink'),
  labelLimit: 0,
  symbolSize: 62,
  offset: 30,
};

/** A scatter of published errors: marks by kind, names where there is room for them, both axes as the chart says. */
import type { Json } from '../../core/ids.ts';
import { completeSpec, type Row, type Spec } from '../charts/_chart.ts';
import { colour, LEVEL_TITLE } from '../charts/_looks.ts';
import type { ColourName } from '../palette.ts';
import { type Box, CHARACTER_PX, placeLabels } from './label-places.ts';

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
  tooltip: Json[];
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

interface Axis {
  title: string;
  domain: readonly [number, number];
  log: boolean;
  values: readonly number[];
  labelExpr?: string;
}

/** Height of the words at a line. */
const TEXT_PX = 20;

export function scatterSpec(scatter: Scatter): Spec {
  return completeSpec([...scatter.rows], scatter.description, {
    height: scatter.heightPx,
    layer: [...(scatter.under ?? []), marks(scatter), names(scatter)],
    resolve: { scale: { shape: 'shared' } },
  });
}

export const xChannel = ({ x }: Pick<Scatter, 'x'>): Spec => channel('x', x, {});
export const yChannel = ({ y }: Pick<Scatter, 'y'>, field = 'error'): Spec =>
  channel(field, y, { grid: true, ...LEVEL_TITLE });

function channel(field: string, { title, domain, log, values, labelExpr }: Axis, axis: Spec): Spec {
  return {
    field,
    type: 'quantitative',
    scale: { type: log ? 'log' : 'linear', domain: [...domain], nice: false, ...(!log && { zero: false }) },
    axis: {
      title,
      values: [...values],
      tickCount: values.length,
      labelOverlap: false,
      ...axis,
      ...(labelExpr !== undefined && { labelExpr }),
    },
  };
}

function marks(scatter: Scatter): Spec {
  const kinds = Object.keys(scatter.looks).filter(kind => scatter.rows.some(row => row.kind === kind));
  const looks = kinds.map(kind => scatter.looks[kind] as MarkLook);
  const by = (range: string[], legend: Spec | null): Spec => ({
    field: 'kind',
    type: 'nominal',
    scale: { domain: kinds, range },
    legend,
  });
  return {
    mark: { type: 'point', size: 62, strokeWidth: 1.6, opacity: 1 },
    encoding: {
      x: xChannel(scatter),
      y: yChannel(scatter),
      shape: by(
        looks.map(({ shape }) => shape),
        LEGEND,
      ),
      stroke: by(
        looks.map(({ hue }) => colour(hue)),
        LEGEND,
      ),
      fill: by(
        looks.map(({ hue, filled }) => colour(filled ? hue : 'ground')),
        LEGEND,
      ),
      tooltip: scatter.tooltip,
    },
  };
}

const LEGEND: Spec = {
  title: null,
  orient: 'top',
  direction: 'horizontal',
  columns: { expr: 'width < 420 ? 1 : width < 700 ? 2 : 5' },
  labelFontSize: 12,
  labelColor: colour('ink'),
  labelLimit: 0,
  symbolSize: 62,
  offset: 30,
};

/** One layer of text for all widths; names of another width are not seen. */
function names(scatter: Scatter): Spec {
  return {
    data: { values: scatter.widthsPx.flatMap((width, i) => namesAt(scatter, width, scatter.widthsPx[i + 1] ?? 1e5)) },
    mark: {
      type: 'text',
      baseline: 'middle',
      align: { expr: 'datum.align' },
      dx: { expr: 'datum.dx' },
      dy: { expr: 'datum.dy' },
      fontWeight: { expr: "datum.won === 'yes' ? 700 : 400" },
      opacity: { expr: 'width >= datum.from && width < datum.below ? 1 : 0' },
    },
    encoding: { x: xChannel(scatter), y: yChannel(scatter), text: { field: 'name' } },
  };
}

function namesAt(scatter: Scatter, widthPx: number, below: number): Row[] {
  const { rows, widthsPx, x, y, heightPx } = scatter;
  const sorted = rows.toSorted((a, b) => Number(a.rank) - Number(b.rank));
  const at = (row: { x: number; error: number }) => ({
    x: widthPx * shareOf(row.x, x),
    y: heightPx * (1 - shareOf(row.error, y)),
  });
  const points = sorted.map(row => ({ ...at(row as { x: number; error: number }), text: String(row.name) }));
  const boxes = (scatter.avoid ?? []).flatMap(one => boxesOf(one, x.domain, at));
  const from = widthPx === widthsPx[0] ? 0 : widthPx;
  return placeLabels(points, [widthPx, heightPx], boxes).flatMap((place, i) => {
    const { x: column, error, name, won } = sorted[i] as Row;
    return place
      ? [{ x: column ?? null, error: error ?? null, name: name ?? null, won: won ?? null, ...place, from, below }]
      : [];
  });
}

type Locate = (place: { x: number; error: number }) => { x: number; y: number };

function boxesOf({ x: [x0, x1] = [0, 0], error: [e0, e1], text }: Avoided, domain: Axis['domain'], at: Locate): Box[] {
  const whole = x0 === x1 && e0 === e1;
  const [a, b] = [at({ x: whole ? domain[0] : x0, error: e0 }), at({ x: whole ? domain[1] : x1, error: e1 })];
  const line: Box = [Math.min(a.x, b.x), Math.min(a.y, b.y) - 1, Math.max(a.x, b.x), Math.max(a.y, b.y) + 1];
  return text === undefined ? [line] : [line, [0, a.y, text.length * CHARACTER_PX, a.y + TEXT_PX]];
}

function shareOf(value: number, { domain: [low, high], log }: Axis): number {
  const scale = log ? Math.log : (one: number): number => one;
  return (scale(value) - scale(low)) / (scale(high) - scale(low));
}

/** A scatter of published errors: marks by kind, names where there is room for them, both axes as the chart says. */
import type { Json } from '../../core/ids.ts';
import { completeSpec, type Row, type Spec } from '../charts/_chart.ts';
import { colour, LEVEL_TITLE } from '../charts/_looks.ts';
import type { ColourName } from '../palette.ts';
import { placeLabels } from './label-places.ts';

/** One look of mark: what of its kind has it. */
export interface MarkLook {
  shape: string;
  hue: ColourName;
  filled: boolean;
}

export interface Scatter {
  /** Rows hold x, error, kind, name, and `rank`: names of the lowest find their place first, null has none. */
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
}

interface Axis {
  title: string;
  domain: readonly [number, number];
  log: boolean;
  values: readonly number[];
  labelExpr?: string;
}

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
    scale: { type: log ? 'log' : 'linear', domain: [...domain], nice: false, zero: false },
    axis: { title, values: [...values], ...axis, ...(labelExpr !== undefined && { labelExpr }) },
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
  labelLimit: 0,
  symbolSize: 62,
  offset: 22,
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
      opacity: { expr: 'width >= datum.from && width < datum.below ? 1 : 0' },
    },
    encoding: { x: xChannel(scatter), y: yChannel(scatter), text: { field: 'name' } },
  };
}

function namesAt({ rows, x, y, heightPx }: Scatter, widthPx: number, below: number): Row[] {
  const sorted = rows.toSorted((a, b) => rankOf(a) - rankOf(b));
  const points = sorted.map(row => ({
    x: widthPx * shareOf(Number(row.x), x),
    y: heightPx * (1 - shareOf(Number(row.error), y)),
    text: row.rank === null ? '' : String(row.name),
  }));
  const from = below === 1e5 || widthPx > 320 ? widthPx : 0;
  return placeLabels(points, widthPx, heightPx).flatMap((place, i) => {
    const { x: at, error, name } = sorted[i] as Row;
    return place ? [{ x: at as number, error: error as number, name: name as string, ...place, from, below }] : [];
  });
}

const rankOf = ({ rank }: Row): number => (rank === null ? Number.POSITIVE_INFINITY : Number(rank));

function shareOf(value: number, { domain: [low, high], log }: Axis): number {
  const scale = log ? Math.log : (one: number): number => one;
  return (scale(value) - scale(low)) / (scale(high) - scale(low));
}

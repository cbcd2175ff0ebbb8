/** The names in a scatter, each where it touches neither marks nor lines nor another. */
import type { Row, Spec } from '../charts/_chart.ts';
import { type Axis, shareOf, xChannel, yChannel } from './axes.ts';
import { type Box, CHARACTER_PX, placeLabels } from './label-places.ts';
import type { Avoided, Scatter } from './scatter.ts';

/** Height of the words at a line. */
const TEXT_PX = 20;

/** One layer of text for all widths; names of another width are not seen. */
export function names(scatter: Scatter): Spec {
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

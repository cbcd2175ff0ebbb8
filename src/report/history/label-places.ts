/** Where the names of marks stand in a scatter of points: beside, above or below them, where nothing else is. */

interface LabelledPoint {
  /** Of the plot, in its own pixels; y grows downwards. */
  x: number;
  y: number;
  text: string;
}

interface LabelPlace {
  align: 'left' | 'right' | 'center';
  dx: number;
  dy: number;
}

const TEXT_HEIGHT_PX = 13;
/** Of the page's font at 12 px, on the safe side. */
export const CHARACTER_PX = 6.6;
const MARK_PX = 6;
const GAP_PX = 9;

export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** One of each point, the most important first; null: no room. Names keep off marks, each other and what is avoided. */
export function placeLabels(
  points: readonly LabelledPoint[],
  [widthPx, heightPx]: readonly [number, number],
  avoided: readonly Box[] = [],
): (LabelPlace | null)[] {
  const marks = points.map(({ x, y }): Box => [x - MARK_PX, y - MARK_PX, x + MARK_PX, y + MARK_PX]);
  const taken = [...avoided, ...marks];
  return points.map(point => {
    const place = PLACES.find(one => {
      const box = boxOf(point, one);
      return inside(box, widthPx, heightPx) && !taken.some(other => overlap(box, other));
    });
    if (place) taken.push(boxOf(point, place));
    return place ?? null;
  });
}

const RISE_PX = 15;
const PLACES: readonly LabelPlace[] = [
  { align: 'left', dx: GAP_PX, dy: 0 },
  { align: 'right', dx: -GAP_PX, dy: 0 },
  { align: 'left', dx: GAP_PX - 2, dy: -9 },
  { align: 'left', dx: GAP_PX - 2, dy: 9 },
  { align: 'right', dx: 2 - GAP_PX, dy: -9 },
  { align: 'right', dx: 2 - GAP_PX, dy: 9 },
  { align: 'center', dx: 0, dy: -RISE_PX },
  { align: 'center', dx: 0, dy: RISE_PX },
  { align: 'right', dx: 0, dy: 1.8 * RISE_PX },
  { align: 'left', dx: 0, dy: 1.8 * RISE_PX },
  { align: 'right', dx: 0, dy: -1.8 * RISE_PX },
  { align: 'left', dx: 0, dy: -1.8 * RISE_PX },
];

function boxOf({ x, y, text }: LabelledPoint, { align, dx, dy }: LabelPlace): Box {
  const width = text.length * CHARACTER_PX;
  const left = x + dx - { left: 0, center: width / 2, right: width }[align];
  return [left, y + dy - TEXT_HEIGHT_PX / 2, left + width, y + dy + TEXT_HEIGHT_PX / 2];
}

const inside = ([left, top, right, bottom]: Box, width: number, height: number): boolean =>
  left >= 0 && right <= width && top >= -TEXT_HEIGHT_PX && bottom <= height;

const overlap = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Places and ways in a drawing, as SVG has them: a tenth of a pixel is exact enough. */
export interface Point {
  x: number;
  y: number;
}

export const round = (value: number): number => Math.round(10 * value) / 10;

export const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

/** Straight ways with round corners: as far as `radiusPx` and half of both their sides reach. */
export function roundedPath(points: readonly Point[], radiusPx: number): string {
  const steps = points.map((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before) return `M${at(point)}`;
    if (!after) return `L${at(point)}`;
    return `L${at(towards(point, before, radiusPx))}Q${at(point)} ${at(towards(point, after, radiusPx))}`;
  });
  return steps.join('');
}

function towards(from: Point, to: Point, radiusPx: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(radiusPx, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

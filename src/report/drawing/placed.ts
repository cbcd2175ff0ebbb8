/** Boxes and lines that have their places. */
import type { Point } from '../svg-path.ts';
import type { Box } from './graph.ts';
import type { Size } from './measure.ts';

export type SizedBox = Size & { box: Box };

export type Rectangle = Point & Size;

export interface PlacedBox extends Rectangle {
  box: Box;
}

export interface Line {
  from: string;
  to: string;
  points: readonly Point[];
}

export interface Layout {
  boxes: readonly PlacedBox[];
  lines: readonly Line[];
}

/** Between boxes, side by side and one above another. */
export const GAP = { beside: 16, below: 18 } as const;

export const movePoint = ({ x, y }: Point, dx: number, dy: number): Point => ({ x: x + dx, y: y + dy });

export function moveLayout({ boxes, lines }: Layout, dx: number, dy: number): Layout {
  return {
    boxes: boxes.map(one => ({ ...one, ...movePoint(one, dx, dy) })),
    lines: lines.map(line => ({ ...line, points: line.points.map(point => movePoint(point, dx, dy)) })),
  };
}

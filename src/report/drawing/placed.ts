/** Boxes and lines that have their places. */
import type { Box } from './graph.ts';
import type { Size } from './measure.ts';

export type SizedBox = Size & { box: Box };

export interface Point {
  x: number;
  y: number;
}

export interface PlacedBox extends Point, Size {
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

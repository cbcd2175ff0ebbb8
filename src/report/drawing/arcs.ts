/** Shortcuts beside a column: out of a box, past all that they skip, into the joint. */
import type { Point } from '../svg-path.ts';
import type { Arc } from './graph.ts';
import { SIZES, textWidth } from './measure.ts';
import type { Layout, PlacedBox } from './placed.ts';

export interface PlacedArc {
  arc: Arc;
  from: Point;
  to: Point;
  /** Where it begins to bend, and how far right it goes. */
  edge: number;
  reach: number;
}

/** Beside what it passes, and beyond. */
const CLEAR = 4;
const BULGE = 20;
const WORDS_GAP = 6;
/** Arcs that meet in a joint enter above its middle and leave below it. */
const APART = 4;

/** Shorter ones first, so that longer ones pass them too. */
export function placeArcs(layout: Layout, arcs: readonly Arc[]): PlacedArc[] {
  const boxes = new Map(layout.boxes.map(one => [one.box.id, one]));
  const ends = arcs.map(arc => {
    const [from, to] = [sideOf(boxes.get(arc.from), APART), sideOf(boxes.get(arc.to), -APART)];
    return { arc, from, to, edge: 0, reach: 0 };
  });
  const placed: PlacedArc[] = [];
  for (const one of ends.sort((a, b) => a.to.y - a.from.y - (b.to.y - b.from.y))) {
    const edge = CLEAR + passed(one, layout, placed);
    placed.push({ ...one, edge, reach: edge + BULGE });
  }
  return placed;
}

/** With its words. */
export function arcEdge({ arc, reach }: PlacedArc): number {
  return arc.words === '' ? reach : reach + WORDS_GAP + textWidth(arc.words, SIZES.small);
}

export function wordsPlace({ from, to, reach }: PlacedArc): Point {
  return { x: reach + WORDS_GAP, y: (from.y + to.y) / 2 };
}

function sideOf(placed: PlacedBox | undefined, below: number): Point {
  if (!placed) return { x: 0, y: 0 };
  return { x: placed.x + placed.width, y: placed.y + placed.height / 2 + below };
}

/** The right edge of whatever lies at its height. */
function passed({ from, to }: PlacedArc, { boxes, lines }: Layout, arcs: readonly PlacedArc[]): number {
  const between = (top: number, bottom: number): boolean => bottom > from.y && top < to.y;
  const edges = boxes.filter(({ y, height }) => between(y, y + height)).map(({ x, width }) => x + width);
  const bends = lines.flatMap(({ points }) => points.filter(({ y }) => between(y, y)).map(({ x }) => x));
  const others = arcs.filter(other => between(other.from.y + APART, other.to.y - APART)).map(arcEdge);
  return Math.max(from.x, to.x, ...edges, ...bends, ...others);
}

/** One or several nets, placed: columns side by side, each with its shortcuts and auxiliary heads. */
import type { Shape } from '../../core/net.ts';
import type { Point } from '../svg-path.ts';
import { alignStages, octaveOf, type Stage } from './align.ts';
import { arcEdge, type PlacedArc, placeArcs } from './arcs.ts';
import type { Graph } from './graph.ts';
import { placeHeads } from './heads.ts';
import { layOut } from './layout.ts';
import { SIZES, textWidth } from './measure.ts';
import { type Layout, type Line, moveLayout, movePoint, type PlacedBox } from './placed.ts';

/** What is to be drawn as a column. */
export interface Subject {
  title: string;
  /** One line below the title. */
  caption: string;
  /** Of the net's images: stages are told by how often it was halved. */
  input: Shape;
  graph: Graph;
}

export interface SceneBox extends PlacedBox {
  octave: number;
  /** Number of its column. */
  column: number;
}

export interface Scene {
  width: number;
  height: number;
  titles: readonly (Point & { title: string; caption: string })[];
  boxes: readonly SceneBox[];
  lines: readonly Line[];
  arcs: readonly PlacedArc[];
  stages: readonly Stage[];
}

interface Column {
  layout: Layout;
  arcs: readonly PlacedArc[];
  left: number;
  right: number;
}

const MARGIN = 20;
const TITLE_HEIGHT = 50;
const STAGE_WIDTH = 62;
const BETWEEN_COLUMNS = 44;

export async function sceneOf(subjects: readonly Subject[]): Promise<Scene> {
  const inputs = subjects.map(({ input }) => input);
  const main = await Promise.all(subjects.map(({ graph }) => layOut(graph.boxes.filter(box => box.head === null))));
  const { layouts, stages } = alignStages(main, inputs);
  const columns = await Promise.all(layouts.map((layout, i) => columnOf(layout, subjects[i] as Subject)));
  return compose(columns, subjects, stages);
}

async function columnOf(layout: Layout, { graph }: Subject): Promise<Column> {
  const arcs = placeArcs(layout, graph.arcs);
  const reach = Math.max(rightOf(layout), ...arcs.map(arcEdge));
  const whole = await placeHeads(layout, graph.boxes, reach);
  const left = Math.min(...whole.boxes.map(({ x }) => x));
  return { layout: whole, arcs, left, right: Math.max(rightOf(whole), reach) };
}

function compose(columns: readonly Column[], subjects: readonly Subject[], stages: readonly Stage[]): Scene {
  const top = MARGIN + TITLE_HEIGHT;
  const titles: Scene['titles'][number][] = [];
  const moved: { layout: Layout; arcs: PlacedArc[] }[] = [];
  let x = MARGIN + STAGE_WIDTH;
  columns.forEach(({ layout, arcs, left, right }, i) => {
    const { title, caption } = subjects[i] as Subject;
    const dx = x - left;
    moved.push({ layout: moveLayout(layout, dx, top), arcs: arcs.map(arc => moveArc(arc, dx, top)) });
    titles.push({ title, caption, x, y: MARGIN + SIZES.title });
    x += Math.max(right - left, titleWidth(subjects[i] as Subject)) + BETWEEN_COLUMNS;
  });
  const boxes = moved.flatMap(({ layout }, column) =>
    layout.boxes.map(one => ({ ...one, column, octave: octaveOf(one.box.output, subjects[column]?.input ?? []) })),
  );
  const height = Math.max(...boxes.map(one => one.y + one.height)) + MARGIN;
  return {
    width: Math.ceil(x - BETWEEN_COLUMNS + MARGIN),
    height: Math.ceil(height),
    titles,
    boxes,
    lines: moved.flatMap(({ layout }) => layout.lines),
    arcs: moved.flatMap(({ arcs }) => arcs),
    stages: stages.map(stage => ({ ...stage, y: stage.y + top })),
  };
}

function titleWidth({ title, caption }: Subject): number {
  return Math.max(textWidth(title, SIZES.title, true), textWidth(caption, SIZES.caption));
}

function rightOf({ boxes, lines }: Layout): number {
  const bends = lines.flatMap(({ points }) => points.map(point => point.x));
  return Math.max(...boxes.map(({ x, width }) => x + width), ...bends);
}

function moveArc(one: PlacedArc, dx: number, dy: number): PlacedArc {
  const [from, to] = [movePoint(one.from, dx, dy), movePoint(one.to, dx, dy)];
  return { ...one, from, to, edge: one.edge + dx, reach: one.reach + dx };
}

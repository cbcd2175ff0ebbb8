/**
 * Where boxes stand: from top to bottom, with lines of right angles. What is a chain is a column; elkjs lays out the rest
 * (layered: Sugiyama, Tagawa & Toda 1981).
 */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box } from './graph.ts';
import { type Size, sizeOfBox } from './measure.ts';

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

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': String(GAP.beside),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.below),
  'elk.layered.spacing.edgeNodeBetweenLayers': '9',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.mergeEdges': 'true',
  // Branches keep the order of the description, which is the papers'.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** Boxes of one width, joints apart; what they read and is not among them has no line. */
export async function layOut(boxes: readonly Box[]): Promise<Layout> {
  const sized = sameWidth(boxes);
  return isChain(boxes) ? column(sized) : layered(sized);
}

type SizedBox = Size & { box: Box };

function sameWidth(boxes: readonly Box[]): SizedBox[] {
  const sized = boxes.map(box => ({ box, ...sizeOfBox(box) }));
  const width = Math.max(...sized.map(one => one.width));
  return sized.map(one => (one.box.kind === 'join' ? one : { ...one, width }));
}

function isChain(boxes: readonly Box[]): boolean {
  return boxes.every(({ inputs }, i) => i === 0 || (inputs.length === 1 && inputs[0] === boxes[i - 1]?.id));
}

function column(sized: readonly SizedBox[]): Layout {
  const width = Math.max(...sized.map(one => one.width));
  let y = 0;
  const boxes = sized.map(one => {
    const placed = { ...one, x: (width - one.width) / 2, y };
    y += one.height + GAP.below;
    return placed;
  });
  const lines = boxes.slice(1).map(({ box, y }, i) => {
    const before = boxes[i] as PlacedBox;
    const x = width / 2;
    return {
      from: before.box.id,
      to: box.id,
      points: [
        { x, y: before.y + before.height },
        { x, y },
      ],
    };
  });
  return { boxes, lines };
}

async function layered(sized: readonly SizedBox[]): Promise<Layout> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const known = new Set(sized.map(({ box }) => box.id));
  const graph = {
    id: 'net',
    layoutOptions: OPTIONS,
    children: sized.map(({ box, width, height }) => ({ id: box.id, width, height })),
    edges: sized.flatMap(({ box }) => box.inputs.filter(input => known.has(input)).map(input => edge(input, box))),
  };
  const done = await new Elk.default().layout(graph);
  const place = new Map((done.children ?? []).map((node: ElkNode) => [node.id, node]));
  return {
    boxes: sized.map(one => ({ ...one, x: place.get(one.box.id)?.x ?? 0, y: place.get(one.box.id)?.y ?? 0 })),
    lines: (done.edges ?? []).map(lineOf),
  };
}

function edge(input: string, { id }: Box): ElkExtendedEdge {
  return { id: `${input} ${id}`, sources: [input], targets: [id] };
}

function lineOf({ sources, targets, sections }: ElkExtendedEdge): Line {
  const [from, to, section] = [sources[0] as string, targets[0] as string, sections?.[0]];
  if (!section) return { from, to, points: [] };
  return { from, to, points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] };
}

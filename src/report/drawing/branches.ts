/** Branches between two boxes of the trunk, by elkjs (layered: Sugiyama, Tagawa & Toda 1981). */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { loadElk } from '../elk.ts';
import type { Point } from '../svg-path.ts';
import type { Box } from './graph.ts';
import { GAP, type Layout, type Line, type PlacedBox, type SizedBox } from './placed.ts';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': String(GAP.beside),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.below),
  'elk.layered.spacing.edgeNodeBetweenLayers': '9',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.mergeEdges': 'true',
  // Branches begin at one height and keep the order of the description, which is the papers'.
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
};
/** From where branches have come down to the joint's top. */
const INTO_JOINT = 13;

/**
 * `top` is placed; gives the boxes below it, `bottom` last and straight under `top`. elkjs sees an end of each branch in
 * place of `bottom`, which it would put anywhere.
 */
export async function layOutBranches(top: PlacedBox, between: readonly SizedBox[], bottom: SizedBox): Promise<Layout> {
  const ends = bottom.box.inputs.map((_, i) => `${bottom.box.id} ${i}`);
  const done = await (await loadElk()).layout({
    id: 'branches',
    layoutOptions: OPTIONS,
    children: [...[top, ...between].map(nodeOf), ...ends.map(endNode)],
    edges: [
      ...between.flatMap(({ box }) => box.inputs.map(input => edge(input, box.id))),
      ...bottom.box.inputs.map((input, i) => edge(input, ends[i] as string)),
    ],
  });
  const nodes = new Map((done.children ?? []).map(node => [node.id, node]));
  const origin = nodes.get(top.box.id) as ElkNode;
  const move = ({ x = 0, y = 0 }: ElkNode | Point): Point => ({
    x: x - (origin.x ?? 0) - top.width / 2,
    y: y - (origin.y ?? 0) + top.y,
  });
  const floor = Math.max(...ends.map(end => move(nodes.get(end) as ElkNode).y));
  const joint = { ...bottom, x: -bottom.width / 2, y: floor + INTO_JOINT };
  return {
    boxes: [...between.map(one => ({ ...one, ...move(nodes.get(one.box.id) as ElkNode) })), joint],
    lines: (done.edges ?? []).map(line => lineOf(line, move, ends.includes(line.targets[0] as string) ? joint : null)),
  };
}

function nodeOf({ box, width, height }: SizedBox): ElkNode {
  return { id: box.id, width, height };
}

function endNode(id: string): ElkNode {
  return { id, width: 1, height: 1, layoutOptions: { 'elk.layered.layering.layerConstraint': 'LAST' } };
}

function edge(from: Box['id'], to: Box['id']): ElkExtendedEdge {
  return { id: `${from} ${to}`, sources: [from], targets: [to] };
}

/** Into a joint lines go on to its middle. */
function lineOf(line: ElkExtendedEdge, move: (point: Point) => Point, joint: PlacedBox | null): Line {
  const section = line.sections?.[0];
  const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(move) : [];
  const [from, to] = [line.sources[0] as string, line.targets[0] as string];
  const end = points.at(-1);
  if (!joint || !end) return { from, to, points };
  const middle = joint.x + joint.width / 2;
  const way = [end, { x: middle, y: end.y }, { x: middle, y: joint.y }];
  return { from, to: joint.box.id, points: [...points.slice(0, -1), ...way] };
}

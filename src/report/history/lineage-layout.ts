/** Where the boxes, arrows and words of the descent stand; time runs downwards. */
import type { ElkLabel, ElkNode } from 'elkjs/lib/elk-api.js';
import { loadElk } from '../elk.ts';
import type { Point } from '../svg-path.ts';
import { countWords } from './count-words.ts';
import { DESCENT, LINEAGE, type LineageEdge, type LineageNode } from './lineage.ts';
import type { HistoryNet } from './published.ts';

export interface LineageBox {
  node: LineageNode;
  /** "2012 · 8 layers · 61.0 M parameters". */
  facts: string;
  /** The sentence, broken into lines that fit. */
  lines: readonly string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

interface LineageArrow {
  edge: LineageEdge;
  points: readonly Point[];
  /** Middle of its words. */
  label: Point;
}

export interface LineageLayout {
  width: number;
  height: number;
  boxes: readonly LineageBox[];
  arrows: readonly LineageArrow[];
}

export const BOX = { width: 218, padding: 12, title: 20, line: 15.5, facts: 17, font: 12 };
const LABEL = { character: 5.9, height: 16, spaceX: 10 };
const LINE_CHARACTERS = 33;
const OPTIONS: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.partitioning.activate': 'true',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.spacing.nodeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeLabel': '4',
  'elk.padding': '[top=4,left=4,bottom=4,right=4]',
  'elk.randomSeed': '1',
};

export async function layOutLineage(nets: readonly HistoryNet[]): Promise<LineageLayout> {
  const known = new Map(nets.map(net => [net.name, net]));
  const boxes = LINEAGE.map(node => boxOf(node, known.get(node.name)));
  const graph = await (await loadElk()).layout(graphOf(boxes));
  const { width = 0, height = 0 } = graph;
  const placed = boxes.map((box, i) => ({ ...box, ...pointOf(graph.children?.[i]) }));
  return { width, height, boxes: placed, arrows: DESCENT.map((edge, i) => arrowOf(edge, graph, i)) };
}

function breakLines(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= characters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function boxOf(node: LineageNode, net: HistoryNet | undefined): LineageBox {
  const lines = breakLines(node.added, LINE_CHARACTERS);
  const height = 2 * BOX.padding + BOX.title + BOX.facts + lines.length * BOX.line;
  return { node, facts: factsOf(node, net), lines, x: 0, y: 0, width: BOX.width, height };
}

function factsOf({ year }: LineageNode, net: HistoryNet | undefined): string {
  if (!net) return `${year} · not in the registry`;
  const layers = net.depth === 1 ? '1 layer' : `${net.depth} layers`;
  return `${year} · ${layers} · ${countWords(net.parameters)} parameters`;
}

/** A partition a year: whoever came later stands lower. */
function graphOf(boxes: readonly LineageBox[]): ElkNode {
  return {
    id: 'descent',
    layoutOptions: OPTIONS,
    children: boxes.map(({ node, width, height }) => ({
      id: node.name,
      ...{ width, height },
      layoutOptions: { 'elk.partitioning.partition': String(node.year) },
    })),
    edges: DESCENT.map(({ from, to, taken }, i) => ({
      id: `edge-${i}`,
      sources: [from],
      targets: [to],
      labels: [labelOf(taken)],
    })),
  };
}

/** On its arrow, not beside it. */
function labelOf(text: string): ElkLabel {
  const width = text.length * LABEL.character + LABEL.spaceX;
  return { text, width, height: LABEL.height, layoutOptions: { 'elk.edgeLabels.inline': 'true' } };
}

const pointOf = (node: ElkNode | undefined): Point => ({ x: node?.x ?? 0, y: node?.y ?? 0 });

function arrowOf(edge: LineageEdge, { edges = [] }: ElkNode, index: number): LineageArrow {
  const { sections = [], labels = [] } = edges[index] ?? {};
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const { x = 0, y = 0, width = 0, height = 0 } = labels[0] ?? {};
  return { edge, points, label: { x: x + width / 2, y: y + height / 2 } };
}

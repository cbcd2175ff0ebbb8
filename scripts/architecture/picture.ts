/** The folders of src/ as boxes, laid out by elkjs in layers from what all import to what imports all. */
import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Folder, folderTable } from './folders.ts';
import { type Arrow, arrowsOfImports } from './graph.ts';

export const PICTURE = 'docs/images/architecture.svg';

const BOX = { width: 160, padding: 9, title: 15, line: 13 };
const LABEL = { character: 6, height: 14 };
const LINE_CHARACTERS = 24;
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.spacing.nodeNode': '18',
  'elk.padding': '[top=6,left=6,bottom=6,right=6]',
  'elk.randomSeed': '1',
};

const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #444 }
  .name { font: 600 13px ui-monospace, monospace; fill: #111 }
  rect { fill: #f6f7f9; stroke: #8a94a3 }
  path { fill: none; stroke: #5a6675; stroke-width: 1.3 }
  .file { stroke-dasharray: 5 4; stroke: #b4540a }
  .file-name { fill: #b4540a }
  marker path { fill: #5a6675; stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3c9d1 } .name { fill: #f2f4f7 } rect { fill: #1d232b; stroke: #6b7685 }
    path { stroke: #98a3b3 } .file { stroke: #f0a35e } .file-name { fill: #f0a35e } marker path { fill: #98a3b3 }
  }
`;

export async function architecturePicture(): Promise<string> {
  const folders = folderTable();
  const arrows = arrowsOfImports();
  const graph = await new ELK.default().layout(graphOf(folders, arrows));
  const edges = graph.edges as ElkExtendedEdge[];
  const parts = [
    ...edges.map((edge, i) => arrowSvg(edge, arrows[i] as Arrow)),
    ...(graph.children as ElkNode[]).map(node => boxSvg(node, folders.find(one => one.name === node.id) as Folder)),
  ];
  const [width, height] = [graph.width, graph.height].map(side => Math.ceil(side as number));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>The folders of src/: an arrow goes from what is imported to who imports it</title>
<style>${STYLE}</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${parts.join('\n')}
</svg>
`;
}

function graphOf(folders: readonly Folder[], arrows: readonly Arrow[]): ElkNode {
  return {
    id: 'src',
    layoutOptions: OPTIONS,
    children: folders.map(({ name, idea }) => ({ id: name, width: BOX.width, height: heightOf(idea) })),
    edges: arrows.map(({ from, to, by }, i) => ({
      id: `${i}`,
      sources: [from],
      targets: [to],
      labels: by ? [{ text: by, width: LABEL.character * by.length, height: LABEL.height }] : [],
    })),
  };
}

const heightOf = (idea: string): number => 2 * BOX.padding + BOX.title + BOX.line * linesOf(idea).length;

function boxSvg({ x = 0, y = 0, height = 0 }: ElkNode, { name, idea }: Folder): string {
  const left = x + BOX.padding;
  const top = y + BOX.padding + BOX.title - 4;
  const lines = linesOf(idea).map(
    (line, i) => `<text x="${left}" y="${top + BOX.line * (i + 1)}">${escaped(line)}</text>`,
  );
  return `<rect x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="5"/><text class="name" x="${left}" y="${top}">${name}</text>${lines.join('')}`;
}

function arrowSvg({ sections = [], labels = [] }: ElkExtendedEdge, { by }: Arrow): string {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const line = points.map(({ x, y }) => `${x} ${y}`).join('L');
  const words = labels.map(({ text, x, y = 0 }) => `<text class="file-name" x="${x}" y="${y + 10}">${text}</text>`);
  return `<path${by ? ' class="file"' : ''} d="M${line}" marker-end="url(#head)"/>${words.join('')}`;
}

/** At words' ends. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && longer.length <= LINE_CHARACTERS) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

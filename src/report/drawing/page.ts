/** A drawing as a page: facts, the drawing, its folded modules, and all layers as a list. */
import { documentOf } from '../document.ts';
import { Html, html } from '../html.ts';
import type { Drawing, DrawnNet } from './draw.ts';
import type { Box } from './graph.ts';
import { layerTable } from './layer-table.ts';
import { sceneOf } from './scene.ts';
import { DRAWING_STYLE } from './style.ts';
import { svgOf } from './svg.ts';
import { formatShape } from './words.ts';

/** The width of the text is for reading; a drawing may be wider. */
const STYLE = `${DRAWING_STYLE}
body { max-width: none; }
header, .layers { max-width: 64rem; }
.drawing { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; align-items: flex-start; margin-top: 1.5rem; }
.sheet { flex: 0 1 auto; min-width: 0; max-width: 100%; overflow: auto; border: 1px solid var(--line); border-radius: 4px; }
.sheet svg, .block svg { display: block; }
.blocks { flex: 1 1 40rem; min-width: 0; position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
.block { margin-bottom: 0.5rem; }
.block .scroll { scroll-margin-top: 4rem; border: 1px solid var(--line); border-radius: 4px; }
.net a { cursor: pointer; }
.net a:hover .words, .net a:focus-visible .words { text-decoration: underline; }
@media print { .sheet, .blocks, .block .scroll { overflow: visible; max-height: none; } .blocks { position: static; } }
`;

interface Folded {
  id: string;
  net: DrawnNet;
  box: Box;
}

export async function renderPage(drawing: Drawing, description: string): Promise<string> {
  const { nets, scene, subjects, title } = drawing;
  const folded = subjects.flatMap(({ graph }, i) => foldedOf(graph.boxes, nets[i] as DrawnNet));
  const ids = new Map(folded.map(({ id, box }) => [box, id]));
  const main = svgOf(scene, {
    title,
    description,
    ...(folded.length > 0 && { linkTo: ({ box }) => (ids.has(box) ? `#${ids.get(box)}` : undefined) }),
  });
  const blocks = await Promise.all(folded.map(blockElement));
  return documentOf(
    title,
    html`<style>${new Html(STYLE)}</style>
<header>
<p class="kicker">convbench · drawn from ${nets.length === 1 ? 'the net’s description' : 'the nets’ descriptions'}</p>
<h1>${title}</h1>
${nets.map(factsLine)}</header>
<main>
<div class="drawing">
<div class="sheet" tabindex="0" role="region" aria-label="Drawing of ${title}">${main}</div>
${blocks.length > 0 && html`<div class="blocks"><h2>Folded modules</h2>${blocks}</div>`}
</div>
${subjects.map(({ title: name, graph }, i) => layerTable(name, graph, (nets[i] as DrawnNet).counts))}
</main>`,
    [],
  );
}

function factsLine({ title, description, year, source, parameters, macs, depth }: DrawnNet): Html {
  const count = (value: number): string => value.toLocaleString('en-US');
  return html`<p>${title} (${year}): ${count(parameters)} parameters, ${count(macs)} multiply-accumulates for an image of ${formatShape(description.input)}, depth ${depth}. ${source}.</p>\n`;
}

function foldedOf(boxes: readonly Box[], net: DrawnNet): Folded[] {
  return boxes.filter(({ inside }) => inside).map(box => ({ id: `block-${key(net, box)}`, net, box }));
}

/** A browser opens the details around what an address names, so that a link needs no script. */
async function blockElement({ id, net: { title: net, description }, box }: Folded): Promise<Html> {
  const graph = box.inside;
  if (!graph) return html``;
  const name = box.times > 1 ? `${box.name}, ${box.times} times` : box.name;
  const title = `${net} · ${name}`;
  const scene = await sceneOf([{ title, caption: box.words, input: description.input, graph }]);
  const svg = svgOf(scene, { title, description: `The layers of ${title}.`, id });
  return html`<details class="block" name="blocks"><summary>${name} <small>${box.words} → ${formatShape(box.output)}</small></summary>
<div class="scroll" id="${id}" tabindex="0" role="region" aria-label="${title}">${svg}</div>
</details>
`;
}

function key({ title }: DrawnNet, box: Box): string {
  return `${title}-${box.id}`.replace(/[^\w-]/g, '_');
}

import { type Html, html } from '../html.ts';
import { scrolled } from '../page-parts.ts';
import { round, roundedPath } from '../svg-path.ts';
import { DESCENT, LINEAGE, type LineageLine } from './lineage.ts';
import { BOX, type LineageBox, type LineageLayout } from './lineage-layout.ts';
import type { Bibliography } from './works.ts';

const LEGEND: Record<LineageLine, string> = {
  before: 'before the lines part',
  structure: 'the line of structure',
  depth: 'the line of depth',
  both: 'joined',
  side: 'side branch',
};
const RADIUS_PX = 7;

/** As SVG in the page's colours, and below it the same as a table. */
export function lineageFigure(layout: LineageLayout, bibliography: Bibliography): Html {
  return html`<figure class="lineage">
<ul class="keys">${Object.entries(LEGEND).map(([line, text]) => html`<li class="line-${line}">${text}</li>`)}</ul>
${timeline(layout)}
${scrolled('Drawing of the descent, may be scrolled', drawing(layout))}
<figcaption>Time runs downwards. Beside an arrow: what was taken over. Depth and parameters are counted in our descriptions.</figcaption>
<details><summary>As a table</summary>${scrolled('The descent as a table', table(layout, bibliography))}</details>
</figure>`;
}

function drawing({ width, height, boxes, arrows }: LineageLayout): Html {
  return html`<svg role="img" aria-label="${IN_WORDS}" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.5 8 4 0 7.5z"/></marker></defs>
${arrows.map(arrow => html`<path class="arrow" d="${roundedPath(arrow.points, RADIUS_PX)}" marker-end="url(#tip)"/>`)}
${arrows.map(({ edge, label }) => html`<text class="taken" x="${round(label.x)}" y="${round(label.y)}">${edge.taken}</text>`)}
${boxes.map(box)}
</svg>`;
}

function box({ node, facts, lines, x, y, width, height }: LineageBox): Html {
  const left = BOX.padding;
  const top = BOX.padding + BOX.font;
  return html`<g class="line-${node.line}" transform="translate(${round(x)} ${round(y)})">
<rect class="box" width="${width}" height="${round(height)}" rx="4"/><rect class="strip" width="${width}" height="4" rx="2"/>
<text class="name" x="${left}" y="${top + 2}">${node.title}</text>
<text class="facts" x="${left}" y="${top + BOX.title}">${facts}</text>
${lines.map((line, i) => html`<text x="${left}" y="${round(top + BOX.title + BOX.facts + 2 + i * BOX.line)}">${line}</text>`)}
</g>`;
}

/** For narrow screens, which see only a part of the drawing. */
function timeline({ boxes }: LineageLayout): Html {
  return html`<ol class="timeline">${boxes.map(({ node, facts }) => html`<li class="line-${node.line}"><strong>${node.title}</strong> <small>${facts}</small><br>${node.added}${takenFrom(node.name) && html`<br><small>From ${takenFrom(node.name)}.</small>`}</li>`)}</ol>`;
}

const titleOf = (name: string): string => LINEAGE.find(node => node.name === name)?.title ?? name;

const takenFrom = (name: string): string =>
  DESCENT.filter(({ to }) => to === name)
    .map(({ from, taken }) => `${titleOf(from)}: ${taken}`)
    .join('; ');

function table({ boxes }: LineageLayout, { cite }: Bibliography): Html {
  return html`<table><caption>What each added, and what it took over from whom.</caption>
<thead><tr><th scope="col">Net</th><th scope="col">Facts</th><th scope="col">Added</th><th scope="col">Took over</th><th scope="col">Source</th></tr></thead>
<tbody>${boxes.map(({ node, facts }) => html`<tr><th scope="row">${node.title}</th><td>${facts}</td><td>${node.added}</td><td>${takenFrom(node.name) || '–'}</td><td>[${cite(node.source).number}]</td></tr>`)}</tbody>
</table>`;
}

const IN_WORDS = `Two lines of descent. Structure: Network in Network, Inception v1, v2, v3, v4. Depth: VGG, MSRA-Net, ResNet, ResNet v2. They join in Inception-ResNet v2. All ${LINEAGE.length} nets stand in the table below.`;

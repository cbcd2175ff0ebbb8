/** The boxes of a drawing as a table; below a folded module stand its layers. */
import type { Layer } from '../../core/net.ts';
import { type Html, html } from '../html.ts';
import type { Arc, Box, Graph } from './graph.ts';
import { formatShape } from './words.ts';

/** Of a layer, for one image. */
export interface LayerCount {
  parameters: number;
  macs: number;
}

type Counts = (layer: Layer) => LayerCount;

/** Longer ones are folded. */
const MOST_OPEN = 30;

export function layerTable(title: string, graph: Graph, counts: Counts): Html {
  const rows = [...graph.boxes.flatMap(box => rowsOf(box, counts)), ...graph.arcs.map(arc => arcRow(arc, counts))];
  return html`<section class="layers"><h2>Layers of ${title}</h2>
<details${rows.length <= MOST_OPEN && html` open`}><summary>As a table</summary>
<div class="scroll"><table>
<thead><tr><th>layer</th><th>does</th><th>then</th><th class="number">output</th><th class="number">parameters</th><th class="number">MACs</th></tr></thead>
<tbody>${rows}</tbody>
</table></div></details></section>
`;
}

function rowsOf(box: Box, counts: Counts): Html[] {
  const { name, words, towers, after, output, layers, times } = box;
  const does = towers === 2 ? `2 × ${words}` : words;
  const own = row([name, does, after, formatShape(output)], layers, counts, times);
  if (!box.inside) return [own];
  const inner = box.inside.boxes.slice(1).flatMap(one => rowsOf({ ...one, name: `${box.id}.${one.name}` }, counts));
  return [own, ...inner, ...box.inside.arcs.map(arc => arcRow(arc, counts))];
}

function arcRow({ layers, words, from }: Arc, counts: Counts): Html {
  const [layer] = layers;
  return layer ? row([layer.name, `${words}, past ${from}`, '', formatShape(layer.output)], layers, counts, 1) : html``;
}

function row([name, ...cells]: string[], layers: readonly Layer[], counts: Counts, times: number): Html {
  const sum = (of: keyof LayerCount): number => times * layers.reduce((total, layer) => total + counts(layer)[of], 0);
  const numbers = [sum('parameters'), sum('macs')].map(count => (count === 0 ? '' : count.toLocaleString('en-US')));
  const [does, then, output] = cells;
  return html`<tr><th>${name}</th><td>${does}</td><td>${then}</td>${[output, ...numbers].map(cell => html`<td class="number">${cell}</td>`)}</tr>\n`;
}

/** Configuration tables as a page. */
import { documentOf } from '../document.ts';
import { type Html, html } from '../html.ts';
import type { Table } from './stage-table.ts';

export function tablePage(title: string, tables: readonly Table[]): string {
  return documentOf(title, html`<header><h1>${title}</h1></header><main>${tables.map(tableElement)}</main>`, []);
}

function tableElement({ title, columns, rows }: Table): Html {
  return html`<h2>${title}</h2>
<div class="scroll"><table>
<thead><tr>${columns.map(column => html`<th>${column}</th>`)}</tr></thead>
<tbody>${rows.map(([first = [], ...cells]) => html`<tr><th>${lines(first)}</th>${cells.map(cell => html`<td>${lines(cell)}</td>`)}</tr>\n`)}</tbody>
</table></div>
`;
}

const lines = (cell: readonly string[]): Html[] => cell.map((line, i) => html`${i > 0 && html`<br>`}${line}`);

/** What pages are put together from. */
import { type Html, html } from './html.ts';

/** Left out without content, heading and all. */
export function section(id: string, title: string, content: readonly (Html | null)[]): Html | null {
  if (content.every(part => part === null)) return null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>`;
}

/** For what few readers need; its charts are drawn when it is opened. */
export function folded(id: string, title: string, content: readonly (Html | null)[]): Html | null {
  if (content.every(part => part === null)) return null;
  return html`<section aria-labelledby="${id}"><details class="folded">
<summary><h2 id="${id}">${title}</h2></summary>
${content}
</details></section>`;
}

/** What may be wider than the page: it scrolls by itself, by the keyboard too. */
export const scrolled = (label: string, content: Html): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;

/** In the head of a table that is \`data-sortable\`: the page's script sorts by it. */
export const sorter = (title: string): Html => html`<button type="button" data-sort>${title}</button>`;

export const factList = (facts: readonly (readonly [name: string, value: Html | string])[]): Html =>
  html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Null without lines. */
export const proseList = (lines: readonly string[]): Html | null =>
  lines.length === 0 ? null : html`<ul class="prose">${lines.map(line => html`<li>${line}</li>`)}</ul>`;

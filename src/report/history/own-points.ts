import { formatEffect, formatInterval } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';
import { scrolled } from '../page-parts.ts';

/** A claim of a recorded experiment. */
export interface RecordedClaim {
  experiment: string;
  statement: string;
  verdict: string;
  /** Positive supports the claim; in the metric's own unit. */
  effect: number | null;
  interval: readonly [number, number] | null;
  unit: string;
  published: string;
}

/** What this project measured itself, beside what was published; in words if there is nothing yet. */
export function ownPoints(claims: readonly RecordedClaim[]): Html {
  if (claims.length === 0) {
    return html`<p>No experiment of this project has a record yet, so there is no point of our own: every figure of this page is a published one.</p>`;
  }
  const table = html`<table>
<caption>An effect above 0 supports the claim.</caption>
<thead><tr><th scope="col">Experiment</th><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col" class="number">Effect</th><th scope="col" class="number">95 % interval</th><th scope="col">Published</th></tr></thead>
<tbody>${claims.map(row)}</tbody>
</table>`;
  return html`<p>Effects of our recorded experiments beside those of the papers. They are of small forms on small images. Below the table stand the errors of all arms, against depth and cost.</p>
${scrolled('Our own points: table', table)}`;
}

function row({ experiment, statement, verdict, effect, interval, unit, published }: RecordedClaim): Html {
  return html`<tr><th scope="row">${experiment}</th><td>${statement}</td><td>${verdict}</td>
<td class="number">${effect === null ? '–' : formatEffect(effect, unit)}</td><td class="number">${interval ? `${formatInterval(interval, unit)} ${unit}` : '–'}</td><td>${published}</td></tr>`;
}

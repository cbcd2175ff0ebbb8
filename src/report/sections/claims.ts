import type { ClaimVerdict, ExperimentResults } from '../../core/results.ts';
import { formatInterval } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';
import { MARKS } from '../outcomes.ts';
import { scrolled } from '../page-parts.ts';
import { effectText, marginText, pText } from './claim-text.ts';

export function claimTable({ verdicts }: ExperimentResults): Html | null {
  if (verdicts.length === 0) return null;
  const level = Math.round(100 * (verdicts[0] as ClaimVerdict).level);
  return scrolled(
    'Claims: table',
    html`<table class="claims">
<caption>An effect above 0 supports the claim. Margins were set before the first run. p: sign-flip permutation, two-sided, beside the verdict and not its ground.</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col" class="number">Effect</th><th scope="col" class="number">${level} % interval</th><th scope="col" class="number">Margin</th><th scope="col" class="number">p</th><th scope="col" class="number">Seeds</th><th scope="col">Published</th></tr></thead>
<tbody>${verdicts.map(claimRow)}</tbody>
</table>`,
  );
}

function claimRow(verdict: ClaimVerdict): Html {
  const { claim, kind, outcome, because, seeds, interval, mixed = [] } = verdict;
  return html`<tr class="${outcome}">
<th scope="row"><span class="statement">${claim.statement}</span><br><small>${[...new Set([claim.id, kind, claim.metric])].join(' · ')}</small></th>
<td class="outcome">${MARKS[outcome]} ${outcome}${because && html`<br><small>${because}</small>`}</td>
<td class="number" data-label="Effect">${effectText(verdict)}</td>
<td class="number" data-label="Interval">${interval ? formatInterval(interval, claim.unit) : '–'}</td>
<td class="number" data-label="Margin">${marginText(verdict)}</td>
<td class="number" data-label="p">${pText(verdict)}</td>
<td class="number" data-label="Seeds">${seeds.length}${mixed.length > 0 && html`<br><small>machines of several types: ${mixed.join(', ')}</small>`}</td>
<td class="published" data-label="Published">${claim.published}</td>
</tr>`;
}

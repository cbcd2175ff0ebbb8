import type { ClaimVerdict, ExperimentResults, Outcome } from '../../core/results.ts';
import { formatEffect, formatInterval } from '../../stats/index.ts';
import { type Html, html } from '../html.ts';

const MARKS: Record<Outcome, string> = { confirmed: '✓', refuted: '✗', inconclusive: '?' };

/** The experiment's own verdict: that of its first claim. */
export function verdictBox({ verdicts }: ExperimentResults): Html | null {
  const [verdict] = verdicts;
  if (!verdict) return null;
  const [, word, rest] = /^(\w+)(.*)$/s.exec(verdict.sentence) ?? [];
  return html`<section class="verdict ${verdict.outcome}" aria-label="Verdict">
    <p><strong>${MARKS[verdict.outcome]} ${word}</strong>${rest}</p>
  </section>`;
}

export function claimTable({ verdicts }: ExperimentResults): Html {
  return html`<div class="scroll"><table>
    <caption>An effect above 0 supports the claim. Margins were set before the first run.</caption>
    <thead><tr><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col" class="number">Effect</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">Margin</th><th scope="col" class="number">p</th><th scope="col" class="number">Seeds</th></tr></thead>
    <tbody>${verdicts.map(claimRow)}</tbody>
  </table></div>`;
}

function claimRow({ claim, outcome, effect, interval, permutationP, seeds }: ClaimVerdict): Html {
  const margin = `${claim.kind === 'equivalence' ? '±' : ''}${formatEffect(claim.margin, claim.unit)}`;
  return html`<tr class="${outcome}">
    <td class="statement">${claim.statement} <br><small>${claim.kind}, on ${claim.metric}</small><br><small class="published">Published: ${claim.published}.</small></td>
    <td class="outcome">${MARKS[outcome]} ${outcome}</td>
    <td class="number">${seeds.length > 0 ? formatEffect(effect, claim.unit) : '–'}</td>
    <td class="number">${interval ? formatInterval(interval, claim.unit) : '–'}</td>
    <td class="number">${margin}</td>
    <td class="number">${permutationP === null ? '–' : permutationP.toPrecision(2)}</td>
    <td class="number">${seeds.length}</td>
  </tr>`;
}

/** What an inconclusive verdict would need; nothing otherwise. */
export function whatWouldDecide({ verdicts, tier, experiment }: ExperimentResults): Html | null {
  const [verdict] = verdicts;
  if (verdict?.outcome !== 'inconclusive') return null;
  if (verdict.seedsNeeded)
    return html`<p>About ${verdict.seedsNeeded} seeds would decide it at the spread seen here.</p>`;
  if (experiment.tiers[tier]?.decides === false)
    return html`<p>Run a longer tier: <code>npx bench run ${experiment.id} --tier quick</code>.</p>`;
  return html`<p>${verdict.because}.</p>`;
}

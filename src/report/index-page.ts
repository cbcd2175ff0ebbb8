/** The house page of a project: claims × verdicts over all experiments, to search and to filter. */
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { documentOf } from './document.ts';
import { type Html, html } from './html.ts';
import { MARKS } from './outcomes.ts';
import { effectText, intervalText, marginText } from './sections/claim-text.ts';

export interface IndexedExperiment {
  id: string;
  title: string;
  tier: string;
  cells: number;
  finished: number;
  verdicts: readonly ClaimVerdict[];
  /** Where its report lies, seen from the index; null if there is none. */
  page: string | null;
}

const OUTCOMES: readonly Outcome[] = ['confirmed', 'refuted', 'inconclusive'];

/** One file, as a report is. Its table is whole without scripts; search and filter need them. */
export function renderIndex(experiments: readonly IndexedExperiment[]): string {
  return documentOf('Experiments', body(experiments), [], { style: STYLE, script: SCRIPT });
}

function body(experiments: readonly IndexedExperiment[]): Html {
  const verdicts = experiments.flatMap(one => one.verdicts);
  const counts = OUTCOMES.map(outcome => `${verdicts.filter(one => one.outcome === outcome).length} ${outcome}`);
  return html`<header>
<p class="kicker">${experiments.length} ${experiments.length === 1 ? 'experiment' : 'experiments'} with runs</p>
<h1>Experiments</h1>
<p class="question">${verdicts.length} ${verdicts.length === 1 ? 'claim' : 'claims'}: ${counts.join(', ')}.</p>
</header>
<main>
${controls(experiments)}
<div class="scroll" tabindex="0" role="region" aria-label="Claims of all experiments: table"><table class="claims index" data-sortable>
<caption>Each experiment as it was run last, with the verdicts of its last sitting; cells: how many have finished. An effect above 0 supports the claim.</caption>
<thead><tr>${['Experiment', 'Claim', 'Verdict'].map(title => html`<th scope="col">${sorter(title)}</th>`)}${['Effect', 'Interval', 'Margin', 'Seeds', 'Cells'].map(title => html`<th scope="col" class="number">${sorter(title)}</th>`)}</tr></thead>
<tbody>${experiments.flatMap(rowsOf)}</tbody>
</table></div>
<p id="none" class="soft" hidden>Nothing fits.</p>
</main>
<footer><p>Written by convbench. This page is one file and asks no network for anything.</p></footer>`;
}

function controls(experiments: readonly IndexedExperiment[]): Html {
  const tiers = [...new Set(experiments.map(({ tier }) => tier))].sort();
  const option = (value: string): Html => html`<option value="${value}">${value}</option>`;
  return html`<form class="find" role="search" aria-label="Experiments">
<label>Search <input type="search" id="search" placeholder="a name, a word of a claim"></label>
<label>Verdict <select id="outcome"><option value="">any</option>${[...OUTCOMES, 'none yet'].map(option)}</select></label>
<label>Tier <select id="tier"><option value="">any</option>${tiers.map(option)}</select></label>
<output id="count" aria-live="polite"></output>
</form>`;
}

const sorter = (title: string): Html => html`<button type="button" data-sort>${title}</button>`;

/** A row a claim; an experiment without verdicts has one all the same. */
function rowsOf(experiment: IndexedExperiment): Html[] {
  if (experiment.verdicts.length === 0) return [row(experiment, null)];
  return experiment.verdicts.map(verdict => row(experiment, verdict));
}

function row(experiment: IndexedExperiment, verdict: ClaimVerdict | null): Html {
  const { id, title, tier, cells, finished, page } = experiment;
  const outcome = verdict?.outcome ?? 'none yet';
  const name = page === null ? id : html`<a href="${page}">${id}</a>`;
  return html`<tr class="${verdict?.outcome}" data-outcome="${outcome}" data-tier="${tier}">
<th scope="row">${name}<br><small>${title === id ? tier : `${title} · ${tier}`}</small></th>
<td>${verdict?.claim.statement ?? '–'}</td>
<td class="outcome" data-value="${outcome}">${verdict ? `${MARKS[verdict.outcome]} ${outcome}` : outcome}</td>
<td class="number" data-value="${String(verdict?.effect ?? '')}">${verdict ? effectText(verdict) : '–'}</td>
<td class="number">${verdict ? intervalText(verdict) : '–'}</td>
<td class="number">${verdict ? marginText(verdict) : '–'}</td>
<td class="number">${verdict ? verdict.seeds.length : '–'}</td>
<td class="number${finished < cells && ' bad'}" data-value="${finished}">${finished < cells && '! '}${finished} of ${cells}</td>
</tr>`;
}

const STYLE = `
.find { display: flex; flex-wrap: wrap; gap: 0.6rem 1.6rem; align-items: end; margin: 1.6rem 0 1.2rem; font-size: 0.9rem; }
.find label { display: grid; gap: 0.2rem; color: var(--muted); }
.find input, .find select { font: inherit; padding: 0.3rem 0.5rem; color: var(--ink); background: var(--ground); border: 1px solid var(--muted); border-radius: 3px; }
.find input { width: min(22rem, 80vw); }
.index td:nth-child(2) { min-width: 13rem; }
.index tbody th { min-width: 10rem; }
.index th, .index td { padding-right: 1rem; }
`;

const SCRIPT = `
const rowsOfIndex = [...document.querySelectorAll('.index tbody tr')].map(row => ({ row, text: row.textContent.toLowerCase() }));
const [search, outcome, tier] = ['search', 'outcome', 'tier'].map(id => document.getElementById(id));
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rowsOfIndex) {
    const fits = words.every(word => text.includes(word)) && (!outcome.value || row.dataset.outcome === outcome.value) && (!tier.value || row.dataset.tier === tier.value);
    row.hidden = !fits;
    shown += fits;
  }
  document.getElementById('count').textContent = shown + ' of ' + rowsOfIndex.length;
  document.getElementById('none').hidden = shown > 0;
}
for (const control of [search, outcome, tier]) control.addEventListener('input', filter);
document.querySelector('.find').addEventListener('submit', event => event.preventDefault());
filter();
`;

/** The house page of a project: claims × verdicts over all experiments, to search and to filter. */
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { type MatrixLinks, type MatrixRow, matrixRow, matrixTable } from './claim-matrix.ts';
import { documentOf } from './document.ts';
import { FIND_STYLE } from './find-style.ts';
import { type Html, html } from './html.ts';

export interface IndexedExperiment {
  id: string;
  title: string;
  tier: string;
  cells: number;
  finished: number;
  verdicts: readonly ClaimVerdict[];
  /** Runs have ended since they were drawn, and the experiment's file is not any more what those are runs of. */
  outdated: boolean;
  /** Where its report lies, seen from the index; null if there is none. */
  page: string | null;
}

const OUTCOMES: readonly Outcome[] = ['confirmed', 'refuted', 'inconclusive'];
const CAPTION =
  'Each experiment as it was run last. The column is the verdict; in it stands the effect with its interval, and an effect above 0 supports the claim. Beside it what was published.';

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
${matrixTable(experiments.flatMap(rowsOf), CAPTION)}
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

/** A row a claim; an experiment without verdicts has one all the same. */
function rowsOf(experiment: IndexedExperiment): (MatrixRow & MatrixLinks)[] {
  const { id, verdicts, page, tier } = experiment;
  const rows = verdicts.length > 0 ? verdicts.map(verdict => matrixRow(id, verdict)) : [withoutVerdict(experiment)];
  return rows.map(row => ({ ...row, page, tier, notes: notesOf(experiment) }));
}

const withoutVerdict = ({ id, title }: IndexedExperiment): MatrixRow => ({
  id,
  statement: title,
  verdict: null,
  effect: Number.NaN,
  interval: null,
  published: '',
  seeds: 0,
  unit: '',
});

function notesOf({ tier, cells, finished, outdated }: IndexedExperiment): Html[] {
  const missing = finished < cells;
  return [
    html`${tier} · <span class="${missing && 'bad'}">${missing && '! '}${finished} of ${cells} cells</span>`,
    ...(outdated ? [html`<span class="bad">! older than its newest run</span>`] : []),
  ];
}

const STYLE = `
${FIND_STYLE}body { max-width: 76rem; }
.matrix .outcome { min-width: 7rem; }
.matrix th, .matrix td { padding-right: 1rem; }
`;

const SCRIPT = `
const rowsOfIndex = [...document.querySelectorAll('.matrix tbody tr')].map(row => ({ row, text: row.textContent.toLowerCase() }));
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

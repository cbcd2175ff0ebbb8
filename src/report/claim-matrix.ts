/** Claims × verdicts: a row a claim, a column a verdict, and in the cell that it came to its effect. As HTML and as Markdown. */
import type { ClaimVerdict, Outcome } from '../core/results.ts';
import { formatEffect, formatInterval } from '../stats/index.ts';
import { type Html, html } from './html.ts';
import { markdownTable, plainMarkdown } from './markdown.ts';
import { MARKS, WORDS } from './outcomes.ts';
import { scrolled, sorter } from './page-parts.ts';

/** Effect and interval are in the metric's own unit, as those of a verdict are: errors are fractions. */
export interface MatrixRow extends Pick<ClaimVerdict, 'effect' | 'interval'> {
  /** What the claim is found by: `degradation-34/interaction`. */
  id: string;
  statement: string;
  /** Null: there is none yet. */
  verdict: Outcome | null;
  published: string;
  seeds: number;
  unit: string;
}

export const matrixRow = (experiment: string, verdict: ClaimVerdict): MatrixRow => ({
  id: `${experiment}/${verdict.claim.id}`,
  statement: verdict.claim.statement,
  verdict: verdict.outcome,
  effect: verdict.effect,
  interval: verdict.interval,
  published: verdict.claim.published,
  seeds: verdict.seeds.length,
  unit: verdict.claim.unit,
});

const COLUMNS: readonly Outcome[] = ['confirmed', 'inconclusive', 'refuted'];

/** What a page adds to a row. */
export interface MatrixLinks {
  /** Where the claim's report lies, seen from the page. */
  page?: string | null;
  /** Beside the id, in small letters. */
  notes?: readonly Html[];
  /** The page's script finds rows by it. */
  tier?: string;
}

/** The page's script sorts by the headings. */
export function matrixTable(rows: readonly (MatrixRow & MatrixLinks)[], caption: string): Html {
  const heads = ['Claim', ...COLUMNS.map(outcome => `${MARKS[outcome]}\u00a0${WORDS[outcome]}`), 'Published'];
  return scrolled(
    'All claims: table',
    html`<table class="claims matrix" data-sortable>
<caption>${caption}</caption>
<thead><tr>${heads.map(title => html`<th scope="col">${sorter(title)}</th>`)}<th scope="col" class="number">${sorter('Seeds')}</th></tr></thead>
<tbody>${rows.map(tableRow)}</tbody>
</table>`,
  );
}

function tableRow(row: MatrixRow & MatrixLinks): Html {
  const { id, statement, verdict, published, seeds, page = null, notes = [], tier = '' } = row;
  return html`<tr class="${verdict}" data-outcome="${verdict ?? 'none yet'}" data-tier="${tier}">
<th scope="row">${statement}<br><small>${[page === null ? html`${id}` : html`<a href="${page}">${id}</a>`, ...notes].map((note, i) => html`${i > 0 && ' · '}${note}`)}</small></th>
${COLUMNS.map(outcome => verdictCell(row, outcome))}
<td class="published" data-label="Published">${published || '–'}</td>
<td class="number" data-label="Seeds">${verdict ? seeds : '–'}</td>
</tr>`;
}

/** Empty in the columns of the other verdicts: the place says the verdict, before the words do. */
function verdictCell(row: MatrixRow, outcome: Outcome): Html {
  if (row.verdict !== outcome) return html`<td data-value=""></td>`;
  const interval = intervalText(row);
  return html`<td class="outcome" data-value="${String(row.effect)}">${MARKS[outcome]} ${effectText(row)}${interval && html`<br><small>${interval}</small>`}</td>`;
}

/** As GitHub reads it. */
export function matrixMarkdown(rows: readonly MatrixRow[]): string {
  const heads = ['Claim', ...COLUMNS.map(outcome => WORDS[outcome]), 'Published', 'Seeds'];
  const rules = heads.map(title => (title === 'Seeds' ? '---:' : '---'));
  const lines = rows.map(row => [
    `${plainMarkdown(row.statement)} (\`${row.id}\`)`,
    ...COLUMNS.map(outcome => (row.verdict === outcome ? `${MARKS[outcome]} ${markdownFigures(row)}` : '')),
    plainMarkdown(row.published),
    row.verdict ? String(row.seeds) : 'not run',
  ]);
  return markdownTable([heads, rules, ...lines]);
}

function markdownFigures(row: MatrixRow): string {
  const interval = intervalText(row);
  return `**${effectText(row)}**${interval && ` (${interval})`}`;
}

/** A count has an effect without seeds. */
function effectText({ effect, interval, unit }: MatrixRow): string {
  if (Number.isNaN(effect)) return 'no seed';
  return formatEffect(effect, unit, interval);
}

const intervalText = ({ interval, unit }: MatrixRow): string => (interval ? formatInterval(interval, unit) : '');
